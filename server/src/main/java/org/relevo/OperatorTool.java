package org.relevo;

import java.io.BufferedWriter;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.relevo.channels.email.reading.MailFile;
import org.relevo.channels.email.reading.MailInspection;
import org.relevo.platform.Texts;
import tools.jackson.databind.json.JsonMapper;

/** {@code bin/relevo}: reads files or standard input, prints JSON. Exit 0 done, 2 bad input, 1 our fault. */
public final class OperatorTool {

    private static final String USAGE = """
            usage: bin/relevo mail inspect [--trust NAME]… FILE…
              FILE      a mail or an mbox; - for standard input. Prints one JSON object a mail, each on one line.
              --trust   a server (authserv-id) whose Authentication-Results count""";
    private static final String STANDARD_INPUT = "-";

    /** Something that whoever typed it can correct. */
    private static final class BadInput extends RuntimeException {
        BadInput(String message) {
            super(message);
        }
    }

    private final JsonMapper json = JsonMapper.builder().build();
    private final Texts texts = Texts.alone();
    private final Writer out;

    private OperatorTool(Writer out) {
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException {
        try (var out = new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8))) {
            new OperatorTool(out).run(List.of(arguments));
        } catch (BadInput bad) {
            System.err.println(bad.getMessage());
            System.exit(2);
        }
    }

    private void run(List<String> words) throws IOException {
        if (words.size() < 3 || !words.subList(0, 2).equals(List.of("mail", "inspect"))) {
            throw new BadInput(USAGE);
        }
        var files = new ArrayList<String>();
        var authorities = new HashSet<String>();
        for (var rest = words.subList(2, words.size()).iterator(); rest.hasNext(); ) {
            var word = rest.next();
            if (word.equals("--trust")) {
                if (!rest.hasNext()) {
                    throw new BadInput(USAGE);
                }
                authorities.add(rest.next());
            } else if (word.startsWith("--")) {
                throw new BadInput(USAGE);
            } else {
                files.add(word);
            }
        }
        if (files.isEmpty()) {
            throw new BadInput(USAGE);
        }
        for (var file : files) {
            inspect(file, authorities);
        }
    }

    private void inspect(String file, Set<String> authorities) throws IOException {
        try (var input = open(file)) {
            MailFile.forEach(
                    input,
                    raw -> print(MailInspection.of(
                            file, raw, authorities, reason -> texts.sentence(reason, Locale.ENGLISH))));
        }
    }

    private static InputStream open(String file) {
        try {
            return STANDARD_INPUT.equals(file) ? System.in : new FileInputStream(file);
        } catch (IOException e) {
            throw new BadInput(file + " cannot be read: " + e.getMessage());
        }
    }

    private void print(MailInspection mail) {
        try {
            out.write(json.writeValueAsString(mail));
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
