package org.relevo.support;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * A mail server on loopback (RFC 9051) with one folder, which gives some mails wrongly, each in a way of its own. Anybody
 * signs in.
 */
public final class ScriptedImap implements AutoCloseable {

    /** How a mail is given. */
    public enum Giving {
        RIGHTLY,
        /** Its content is NIL. */
        NIL,
        /** It is left out of the answer. */
        NOTHING,
        /** The server says NO. */
        NO,
        /** The server says BAD. */
        BAD,
        /** In the middle of it the server says BYE and hangs up. */
        BYE,
        /** Its length is told too small. */
        TOLD_SHORT,
        /** Its length is told as almost two gigabytes. */
        TOLD_ENORMOUS,
        /** Whatever piece is asked for, the whole comes. */
        WHOLE
    }

    private record Letter(byte[] content, long toldSize, Giving giving) {}

    private static final Pattern PIECE = Pattern.compile("BODY\\.PEEK\\[(HEADER)?]<(\\d+)\\.(\\d+)>");
    private static final int SEARCHED = 3; // "tag UID SEARCH terms"

    private final SortedMap<Long, Letter> letters = new ConcurrentSkipListMap<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final AtomicLong uidValidity = new AtomicLong(1);
    private final ServerSocket door;

    private ScriptedImap() throws IOException {
        door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::open);
    }

    public static ScriptedImap start() {
        try {
            return new ScriptedImap();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return door.getLocalPort();
    }

    /** What clients said, with their tags. */
    public List<String> commands() {
        return commands;
    }

    /** Lays a mail into the folder; the same UID anew changes how it is given. */
    public void put(long uid, byte[] content, long toldSize, Giving giving) {
        letters.put(uid, new Letter(content, toldSize, giving));
    }

    public void put(long uid, String subject, Giving giving) {
        var mail =
                "From: ana%1$d@mail.example\r\nSubject: %2$s\r\nMessage-ID: <%1$d.%2$s@mail.example>\r\n\r\nHola %2$s\r\n"
                        .formatted(uid, subject)
                        .getBytes(UTF_8);
        put(uid, mail, mail.length, giving);
    }

    /** Gives a mail in another way from now on. */
    public void give(long uid, Giving giving) {
        letters.computeIfPresent(uid, (_, letter) -> new Letter(letter.content(), letter.toldSize(), giving));
    }

    /** Numbers the mails anew, from {@code first} on, and tells nobody who is signed in. */
    public void numberAnew(long first) {
        var old = List.copyOf(letters.values());
        letters.clear();
        for (var letter : old) {
            letters.put(first + letters.size(), letter);
        }
        uidValidity.incrementAndGet();
    }

    /** Says {@code text} to everybody who listens, {@code times} times. */
    public void announce(String text, int times) {
        var said = ("* " + text + "\r\n").repeat(times);
        lines.forEach(line -> line.sayIfListening(said));
    }

    /** Says that there is something new. */
    public void announce() {
        announce(letters.size() + " EXISTS", 1);
    }

    /** Ends our half of every connection; what clients say is still heard. */
    public void closeHalf() {
        lines.forEach(Line::closeHalf);
    }

    private void open() {
        while (!door.isClosed()) {
            try {
                var line = new Line(door.accept());
                lines.add(line);
                Thread.ofVirtual().start(line::serve);
            } catch (IOException _) {
                return;
            }
        }
    }

    private final class Line {
        private final Socket socket;
        private volatile boolean listening;

        Line(Socket socket) {
            this.socket = socket;
        }

        void serve() {
            try (socket;
                    var heard = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1))) {
                say("* OK ready\r\n");
                var idle = "";
                for (var line = heard.readLine(); line != null; line = heard.readLine()) {
                    commands.add(line);
                    var words = line.split(" ", 3);
                    if (line.equalsIgnoreCase("DONE")) {
                        listening = false;
                        say(idle + " OK done\r\n");
                    } else if (words[1].equalsIgnoreCase("IDLE")) {
                        idle = words[0];
                        say("+ go on\r\n");
                        listening = true;
                    } else {
                        answer(words[0], words[1], words.length > 2 ? words[2] : "");
                    }
                }
            } catch (IOException _) {
                lines.remove(this);
            }
        }

        private void answer(String tag, String verb, String rest) throws IOException {
            switch (verb) {
                case "CAPABILITY" -> say("* CAPABILITY IMAP4rev1 IDLE\r\n");
                case "LIST" -> say("* LIST () \"/\" INBOX\r\n");
                case "EXAMINE", "SELECT" ->
                    say("* %d EXISTS\r\n* OK [UIDVALIDITY %d] here\r\n* OK [UIDNEXT %d] next\r\n"
                            .formatted(letters.size(), uidValidity.get(), last() + 1));
                case "UID" -> {
                    var refusal = rest.startsWith("SEARCH") ? search(rest) : fetch(rest);
                    if (!refusal.isEmpty()) {
                        say(tag + refusal);
                        return;
                    }
                }
                case "LOGOUT" -> say("* BYE\r\n");
                default -> {}
            }
            say(tag + " OK done\r\n");
        }

        private String search(String rest) throws IOException {
            var found = new StringBuilder("* SEARCH");
            var from = rest.contains("UID ") ? Long.parseLong(rest.replaceAll(".*UID (\\d+):.*", "$1")) : 0;
            letters.keySet().stream()
                    .filter(uid -> uid >= from || uid == last())
                    .forEach(uid -> found.append(' ').append(uid));
            say(found + "\r\n");
            return "";
        }

        private String fetch(String rest) throws IOException {
            var words = rest.split(" ", SEARCHED);
            for (var number : words[1].split(",")) {
                var letter = letters.get(Long.parseLong(number));
                var refusal = letter == null ? "" : give(Long.parseLong(number), letter, words[2]);
                if (!refusal.isEmpty()) {
                    return refusal;
                }
            }
            return "";
        }

        private String give(long uid, Letter letter, String items) throws IOException {
            var known = "* " + place(uid) + " FETCH (UID " + uid;
            if (items.contains("RFC822.SIZE")) {
                say(known + " RFC822.SIZE " + letter.toldSize()
                        + " INTERNALDATE \"22-Nov-2026 10:00:%02d +0000\")\r\n"
                                .formatted(letter.content().length % 60));
                return "";
            }
            var head = items.contains("HEADER");
            return content(known, letter, head ? Giving.RIGHTLY : letter.giving(), items);
        }

        private String content(String known, Letter letter, Giving giving, String items) throws IOException {
            var piece = giving == Giving.WHOLE ? letter.content() : piece(letter.content(), items);
            var name = items.replaceAll(".*BODY\\.PEEK(\\[(?:HEADER)?])(?:<(\\d+)\\.\\d+>)?.*", "BODY$1<$2>")
                    .replace("<>", "");
            switch (giving) {
                case RIGHTLY, WHOLE -> say(known + " " + name, piece.length, piece, ")\r\n");
                case NIL -> say(known + " " + name + " NIL)\r\n");
                case NOTHING -> {}
                case NO -> {
                    return " NO [SERVERBUG] not this one\r\n";
                }
                case BAD -> {
                    return " BAD what?\r\n";
                }
                case BYE -> {
                    say(
                            known + " " + name,
                            piece.length,
                            Arrays.copyOf(piece, piece.length / 2),
                            "\r\n* BYE sorry\r\n");
                    socket.close();
                }
                case TOLD_SHORT -> say(known + " " + name, piece.length - 20, piece, ")\r\n");
                case TOLD_ENORMOUS -> say(known + " " + name, 1_900_000_000, piece, ")\r\n");
            }
            return "";
        }

        private static byte[] piece(byte[] content, String items) {
            var wanted = PIECE.matcher(items);
            if (!wanted.find()) {
                return content;
            }
            var whole = wanted.group(1) == null
                    ? content
                    : Arrays.copyOf(content, new String(content, ISO_8859_1).indexOf("\r\n\r\n") + 4);
            var from = Math.min(whole.length, Integer.parseInt(wanted.group(2)));
            return Arrays.copyOfRange(
                    whole, from, (int) Math.min(whole.length, from + Long.parseLong(wanted.group(3))));
        }

        private int place(long uid) {
            return letters.headMap(uid).size() + 1;
        }

        private void say(String before, int length, byte[] literal, String after) throws IOException {
            say(before + " {" + length + "}\r\n");
            socket.getOutputStream().write(literal);
            say(after);
        }

        private void say(String text) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(text.getBytes(ISO_8859_1));
            out.flush();
        }

        void sayIfListening(String text) {
            try {
                if (listening) {
                    say(text);
                }
            } catch (IOException _) {
                lines.remove(this);
            }
        }

        void closeHalf() {
            try {
                socket.shutdownOutput();
            } catch (IOException _) {
                lines.remove(this);
            }
        }
    }

    private long last() {
        return letters.isEmpty() ? 0 : letters.lastKey();
    }

    /** How often each mail was asked for whole or in pieces, by UID. */
    public long askedFor(long uid) {
        return commands.stream()
                .filter(command -> command.matches(".* UID FETCH (?:\\d+,)*" + uid + "(?:,\\d+)* .*BODY\\.PEEK\\[].*"))
                .count();
    }

    @Override
    public void close() {
        try {
            door.close();
            for (var line : lines) {
                line.socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
