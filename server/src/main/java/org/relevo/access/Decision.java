package org.relevo.access;

import org.relevo.platform.Reason;

/** What the gate says, with its reason when it says no. */
public sealed interface Decision {

    record Allowed() implements Decision {}

    record Denied(Reason reason) implements Decision {}
}
