package org.relevo.channels.email.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * The words of RTF, or the HTML that Outlook wrapped into it (MS-OXRTFEX). Read in one pass with a stack of bounded depth; what
 * cannot be understood is skipped.
 *
 * @param html whether {@code content} is HTML
 */
record RichText(String content, boolean html) {

    private static final int DEEPEST = 500;

    /** Groups that hold no words of the text. */
    private static final Set<String> UNSPOKEN = Set.of(
            "fonttbl",
            "colortbl",
            "stylesheet",
            "info",
            "pict",
            "object",
            "header",
            "footer",
            "headerl",
            "headerr",
            "footerl",
            "footerr",
            "listtable",
            "listoverridetable",
            "generator",
            "xmlnstbl",
            "themedata",
            "fldinst",
            "mhtmltag",
            "pntext",
            "pntxtb",
            "pntxta",
            "bkmkstart",
            "bkmkend");

    static RichText of(byte[] rtf) {
        return new Reading(rtf).read();
    }

    /** What holds within a group. */
    private record State(boolean hidden, boolean tag, boolean wrapper, int skip) {

        State hide() {
            return new State(true, tag, wrapper, skip);
        }

        State inTag() {
            return new State(false, true, false, skip);
        }

        State inWrapper(boolean is) {
            return new State(hidden, tag, is, skip);
        }

        State skipping(int characters) {
            return new State(hidden, tag, wrapper, characters);
        }
    }

    private static final class Reading {
        private final byte[] rtf;
        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final Deque<State> outer = new ArrayDeque<>();
        private State state = new State(false, false, false, 1);
        private String charset = "windows-1252";
        private boolean html;
        private boolean starred;
        private int ignored;
        private int tooDeep;
        private int at;

        Reading(byte[] rtf) {
            this.rtf = rtf;
        }

        RichText read() {
            while (at < rtf.length && text.length() < 4 * Words.LONGEST) {
                switch (rtf[at]) {
                    case '{' -> open();
                    case '}' -> close();
                    case '\\' -> control();
                    case '\r', '\n' -> at++;
                    default -> letter(rtf[at++]);
                }
            }
            flush();
            return new RichText(Charsets.clean(text.toString()).strip(), html);
        }

        private void open() {
            at++;
            if (outer.size() < DEEPEST) {
                outer.push(state);
            } else {
                tooDeep++;
            }
        }

        private void close() {
            at++;
            starred = false;
            if (tooDeep > 0) {
                tooDeep--;
            } else if (!outer.isEmpty()) {
                state = outer.pop();
            }
        }

        private void letter(byte one) {
            if (ignored > 0) {
                ignored--;
            } else if (spoken()) {
                bytes.write(one);
            }
        }

        private boolean spoken() {
            return !state.hidden() && !(html && state.wrapper());
        }

        private void flush() {
            if (bytes.size() > 0) {
                text.append(Charsets.decode(bytes.toByteArray(), charset));
                bytes.reset();
            }
        }

        private void say(String words) {
            if (ignored > 0) {
                ignored--;
            } else if (spoken()) {
                flush();
                text.append(words);
            }
        }

        private void control() {
            at++;
            if (at >= rtf.length) {
                return;
            }
            var letter = rtf[at];
            if (letter >= 'a' && letter <= 'z' || letter >= 'A' && letter <= 'Z') {
                word();
                return;
            }
            at++;
            switch (letter) {
                case '\'' -> hexByte();
                case '*' -> starred = true;
                case '~' -> say("\u00a0");
                case '_' -> say("-");
                case '\r', '\n' -> say(html ? "\r\n" : "\n");
                case '{', '}', '\\' -> letter(letter);
                default -> {} // optional hyphens and the like say nothing
            }
        }

        private void hexByte() {
            if (at + 1 < rtf.length && Character.digit(rtf[at], 16) >= 0 && Character.digit(rtf[at + 1], 16) >= 0) {
                var one = Character.digit(rtf[at], 16) << 4 | Character.digit(rtf[at + 1], 16);
                at += 2;
                letter((byte) one);
            }
        }

        private void word() {
            var start = at;
            while (at < rtf.length
                    && at - start < 40
                    && (rtf[at] >= 'a' && rtf[at] <= 'z' || rtf[at] >= 'A' && rtf[at] <= 'Z')) {
                at++;
            }
            var name = new String(rtf, start, at - start, ISO_8859_1);
            var number = number();
            if (at < rtf.length && rtf[at] == ' ') {
                at++;
            }
            act(name, number);
        }

        /** The number of a control word, 1 if there is none. */
        private int number() {
            var negative = at < rtf.length && rtf[at] == '-';
            var from = negative ? at + 1 : at;
            var end = from;
            var number = 0L;
            while (end < rtf.length && rtf[end] >= '0' && rtf[end] <= '9' && end - from < 10) {
                number = number * 10 + rtf[end++] - '0';
            }
            if (end == from) {
                return 1;
            }
            at = end;
            return (int) (negative ? -number : number);
        }

        private void act(String name, int number) {
            switch (name) {
                case "fromhtml" -> html = true;
                case "ansicpg" -> charset = number == 65_001 ? "utf-8" : "windows-" + number;
                case "htmltag" -> state = state.inTag();
                case "htmlrtf" -> state = state.inWrapper(number != 0);
                case "par", "line", "row", "sect", "page" -> say(html ? "\r\n" : "\n");
                case "tab", "cell" -> say("\t");
                case "lquote" -> say("\u2018");
                case "rquote" -> say("\u2019");
                case "ldblquote" -> say("\u201c");
                case "rdblquote" -> say("\u201d");
                case "bullet" -> say("\u2022");
                case "endash" -> say("\u2013");
                case "emdash" -> say("\u2014");
                case "uc" -> state = state.skipping(Math.clamp(number, 0, 10));
                case "u" -> unicode(number);
                case "bin" -> at = (int) Math.min(rtf.length, (long) at + Math.max(0, number));
                default -> destination(name);
            }
            starred = false;
        }

        private void unicode(int number) {
            say(String.valueOf((char) number));
            ignored = spoken() ? state.skip() : ignored;
        }

        private void destination(String name) {
            if (!state.tag() && (starred || UNSPOKEN.contains(name))) {
                state = state.hide();
            }
        }
    }
}
