package org.relevo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.relevo.channels.email.MailInspection;
import tools.jackson.databind.json.JsonMapper;

/** {@code bin/relevo}: reads files, prints JSON. Exit 0 done, 2 bad input, 1 our fault. */
public final class OperatorTool {

    private static final String USAGE = "usage: bin/relevo mail inspect FILE…";

    private OperatorTool() {}

    public static void main(String[] arguments) {
        try {
            System.out.println(run(List.of(arguments)));
        } catch (BadInput bad) {
            System.err.println(bad.getMessage());
            System.exit(2);
        }
    }

    /** Something that whoever typed it can correct. */
    private static final class BadInput extends RuntimeException {
        BadInput(String message) {
            super(message);
        }
    }

    private static String run(List<String> words) {
        if (words.size() < 3 || !words.subList(0, 2).equals(List.of("mail", "inspect"))) {
            throw new BadInput(USAGE);
        }
        var mails = new ArrayList<MailInspection>();
        for (var file : words.subList(2, words.size())) {
            mails.add(MailInspection.of(file, read(file)));
        }
        return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(mails);
    }

    private static byte[] read(String file) {
        try {
            return "-".equals(file) ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
        } catch (IOException e) {
            throw new BadInput(file + " cannot be read: " + e.getMessage());
        }
    }
}
