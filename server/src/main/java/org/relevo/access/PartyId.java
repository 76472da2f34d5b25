package org.relevo.access;

import java.util.UUID;
import org.relevo.platform.Id;

/** Names a party: the shop itself, a provider or a freelancer. */
public record PartyId(UUID value) implements Id {}
