package org.relevo.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** Runs the bench that the first argument names. */
final class Bench {

    /** What a bench is: it prints its figures and tells whether what must hold has held. */
    interface Run {
        boolean run(Options options) throws Exception;
    }

    /** {@code --name value} pairs. */
    record Options(Map<String, String> given) {

        static Options of(List<String> words) {
            var given = new LinkedHashMap<String, String>();
            for (int index = 0; index + 1 < words.size(); index += 2) {
                given.put(words.get(index).replaceFirst("^--", ""), words.get(index + 1));
            }
            return new Options(given);
        }

        int number(String name, int usual) {
            return Integer.parseInt(given.getOrDefault(name, String.valueOf(usual)));
        }
    }

    private static final Map<String, Run> BENCHES = Map.of(
            "start",
            StartBench::run,
            "inbox",
            InboxBench::run,
            "ingest",
            IngestBench::run,
            "email",
            EmailBench::run,
            "crash",
            CrashBench::run);

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.ERROR);
        var words = List.of(arguments);
        var bench = words.isEmpty() ? null : BENCHES.get(words.getFirst());
        if (bench == null) {
            System.err.println("There is no such bench; there are "
                    + String.join(", ", BENCHES.keySet().stream().sorted().toList()) + ".");
            System.exit(2);
            return;
        }
        var held = bench.run(Options.of(words.subList(1, words.size())));
        System.exit(held ? 0 : 1);
    }
}
