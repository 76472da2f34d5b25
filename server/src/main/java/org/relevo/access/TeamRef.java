package org.relevo.access;

/** A team, as others name it. */
public record TeamRef(TeamId id, String name, PartyKind partyKind) {}
