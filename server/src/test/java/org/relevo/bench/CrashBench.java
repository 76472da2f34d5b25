package org.relevo.bench;

import org.relevo.support.CrashRun;

/** Kills RELEVO and its database at random moments, while mails arrive and replies are written, and counts afterwards. */
final class CrashBench {

    private CrashBench() {}

    static boolean run(Bench.Options options) throws Exception {
        var seed = options.number("seed", 1);
        var outcome =
                CrashRun.run(Folders.fresh("crash"), options.number("rounds", 20), options.number("mails", 500), seed);
        System.out.println("killed " + outcome.kills() + " times and the database " + outcome.databaseKills()
                + " times, seed " + seed);
        System.out.printf(
                "mails: %d accepted, %d lost, %d doubled%n",
                outcome.mails(), outcome.lostMails(), outcome.doubledMails());
        System.out.printf(
                "replies: %d accepted, %d lost, %d uncertain, %d copies under the same Message-ID, %d that nobody wrote%n",
                outcome.replies(),
                outcome.lostReplies(),
                outcome.uncertainReplies(),
                outcome.replyCopies(),
                outcome.foreignReplies());
        System.out.printf("left waiting: %d, orphaned database servers: %d%n", outcome.waiting(), outcome.orphans());
        System.out.println(outcome.kept() ? "All promises were kept." : "A PROMISE WAS BROKEN: " + outcome);
        return outcome.kept();
    }
}
