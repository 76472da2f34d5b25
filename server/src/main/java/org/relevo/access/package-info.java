/**
 * Who may do what: workspaces, parties (the shop, providers, freelancers), people, teams, sign-in, tokens, audit. Owns the
 * schema {@code access}. Offers the one gate ({@link org.relevo.access.Gate}) that every route passes, and
 * {@link org.relevo.access.People} to name who acts. Calls nobody but the platform.
 */
@ApplicationModule(displayName = "Access", allowedDependencies = "platform")
@NullMarked
package org.relevo.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
