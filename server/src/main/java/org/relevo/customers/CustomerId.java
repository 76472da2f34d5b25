package org.relevo.customers;

import java.util.UUID;
import org.relevo.platform.Id;

/** Names a customer. */
public record CustomerId(UUID value) implements Id {}
