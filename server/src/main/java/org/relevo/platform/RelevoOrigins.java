package org.relevo.platform;

/**
 * The addresses under which browsers reach us.
 *
 * @param desk origin of the desk and the API
 * @param content origin of what customers sent; never the desk's own
 * @param contentPort the local port behind {@code content}
 */
public record RelevoOrigins(String desk, String content, int contentPort) {}
