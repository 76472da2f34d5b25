package org.relevo.orders;

import java.util.UUID;
import org.relevo.platform.Id;

/** Names an order. */
public record OrderId(UUID value) implements Id {}
