/** The database: embedded or external, migrations per module, workspace walls. */
@NullMarked
package org.relevo.platform.database;

import org.jspecify.annotations.NullMarked;
