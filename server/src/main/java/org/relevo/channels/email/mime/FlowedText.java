package org.relevo.channels.email.mime;

/** Text whose lines were broken for the journey (format=flowed, RFC 3676), with its paragraphs whole again. */
final class FlowedText {

    private FlowedText() {}

    /**
     * @param dropsSpaces DelSp=yes: the space at the end of a broken line was added
     */
    static String unwrapped(String text, boolean dropsSpaces) {
        var out = new StringBuilder(text.length());
        var flowing = false;
        var depth = 0;
        for (var line : (Iterable<String>) text.lines()::iterator) {
            var quotes = quotes(line);
            var words = unstuffed(line.substring(quotes));
            var signature = words.equals("-- ");
            var goesOn = flowing && quotes == depth && !signature;
            if (!goesOn) {
                out.append(out.isEmpty() ? "" : "\n")
                        .repeat('>', quotes)
                        .append(quotes > 0 && !words.isEmpty() ? " " : "");
            }
            depth = quotes;
            flowing = words.endsWith(" ") && !signature;
            out.append(flowing && dropsSpaces ? words.substring(0, words.length() - 1) : words);
        }
        return out.toString();
    }

    private static int quotes(String line) {
        var at = 0;
        while (at < line.length() && line.charAt(at) == '>') {
            at++;
        }
        return at;
    }

    private static String unstuffed(String line) {
        return line.startsWith(" ") ? line.substring(1) : line;
    }
}
