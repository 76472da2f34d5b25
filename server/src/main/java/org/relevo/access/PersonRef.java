package org.relevo.access;

/** A person, as others name them: with whom they work for. */
public record PersonRef(PersonId id, String name, PartyKind partyKind, String partyName) {}
