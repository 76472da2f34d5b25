package org.relevo.channels.email.receiving;

import java.util.stream.LongStream;

/** Compares what a server lists with what is stored. All UIDs in ascending order. */
final class Sweep {

    /** How many mails of a folder are at its server, how many of those are stored, and how many are messages by now. */
    record Counts(long atSource, long stored, long shown) {}

    private Sweep() {}

    /** What is listed and not stored. */
    static long[] lacking(long[] listed, long[] stored) {
        var lacking = LongStream.builder();
        int known = 0;
        for (var uid : listed) {
            while (known < stored.length && stored[known] < uid) {
                known++;
            }
            if (known == stored.length || stored[known] != uid) {
                lacking.add(uid);
            }
        }
        return lacking.build().toArray();
    }

    static Counts count(long[] listed, long[] stored, long[] shown) {
        return new Counts(
                listed.length,
                listed.length - lacking(listed, stored).length,
                listed.length - lacking(listed, shown).length);
    }
}
