package org.relevo.platform;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** An id that knows what it names. All ids are UUIDs of version 7 (RFC 9562), so that they sort by birth. */
public interface Id {

    /** The bare value, as columns and URLs carry it. */
    @JsonValue
    UUID value();
}
