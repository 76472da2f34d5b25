package org.relevo.platform.outbound;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/** Tells addresses of the public internet from all others (IANA's special-purpose registries, RFC 6890). */
final class PublicAddress {

    private record Block(int network, int bits) {

        static Block of(String network, int bits) {
            return new Block(number(InetAddress.ofLiteral(network).getAddress(), 0), bits);
        }

        boolean holds(int address) {
            return ((address ^ network) >>> (32 - bits)) == 0;
        }
    }

    private static final List<Block> SPECIAL = List.of(
            Block.of("0.0.0.0", 8),
            Block.of("10.0.0.0", 8),
            Block.of("100.64.0.0", 10),
            Block.of("127.0.0.0", 8),
            Block.of("168.63.129.16", 32), // a cloud's metadata in public clothes
            Block.of("169.254.0.0", 16),
            Block.of("172.16.0.0", 12),
            Block.of("192.0.0.0", 24),
            Block.of("192.0.2.0", 24),
            Block.of("192.88.99.0", 24),
            Block.of("192.168.0.0", 16),
            Block.of("198.18.0.0", 15),
            Block.of("198.51.100.0", 24),
            Block.of("203.0.113.0", 24),
            Block.of("224.0.0.0", 3));

    private PublicAddress() {}

    /** Whether {@code address} is somewhere in the public internet. */
    static boolean is(InetAddress address) {
        var bytes = address.getAddress();
        return address instanceof Inet4Address ? v4(number(bytes, 0)) : v6(bytes);
    }

    private static boolean v4(int address) {
        return SPECIAL.stream().noneMatch(block -> block.holds(address));
    }

    /** Global unicast is 2000::/3; in it lie tunnels (which hide an IPv4 address) and documentation. */
    private static boolean v6(byte[] bytes) {
        var first = number(bytes, 0);
        var global = (bytes[0] & 0xE0) == 0x20;
        var sixToFour = (first >>> 16) == 0x2002;
        var protocolOrTunnel = (first >>> 9) == (0x20010000 >>> 9);
        var documentation = first == 0x20010DB8 || (first >>> 12) == 0x3FFF0;
        return global && !sixToFour && !protocolOrTunnel && !documentation;
    }

    private static int number(byte[] bytes, int from) {
        return (bytes[from] & 0xFF) << 24
                | (bytes[from + 1] & 0xFF) << 16
                | (bytes[from + 2] & 0xFF) << 8
                | (bytes[from + 3] & 0xFF);
    }
}
