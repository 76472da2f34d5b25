package org.relevo.support;

import org.relevo.access.Actor;
import org.relevo.access.PersonId;

/** Somebody who works in a test shop. */
public record TestPerson(PersonId id, String email, Actor.Staff staff) {}
