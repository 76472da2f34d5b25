package org.relevo.channels.email.quoting;

import java.util.List;
import org.relevo.channels.email.quoting.Wordings.Kind;

/** The line that a telephone or a mail program adds: "Sent from my iPhone", "Obtener Outlook para Android". */
final class Footer {

    private static final int LONGEST = 240;
    private static final int LONGEST_WITHOUT_SPACES = 40;
    private static final int MOST_WORDS = 10;
    private static final int MOST_WORDS_OF_A_SHORT_ONE = 6;
    private static final int DEVICE_WITHIN = 6;

    private Footer() {}

    static boolean is(String line) {
        if (line.length() > LONGEST || line.isBlank()) {
            return false;
        }
        var plain = withoutLinks(line).strip();
        if (plain.codePoints().anyMatch(Wordings::isUnspaced)) {
            return plain.length() <= LONGEST_WITHOUT_SPACES && Wordings.isSentFromWithoutSpaces(plain);
        }
        var words = Wordings.words(plain).stream()
                .map(Footer::withoutBrackets)
                .filter(word -> !word.isEmpty())
                .toList();
        return !words.isEmpty()
                && !plain.contains("?")
                && (isSentFrom(words, line)
                        || isSentAtEnd(words)
                        || isInvitation(words, line.length() > plain.length() + 4)
                        || (words.size() <= 2 * MOST_WORDS && Wordings.beginsLikeAFooter(words)));
    }

    private static boolean isSentFrom(List<String> words, String line) {
        var phrase = Wordings.sentFrom(words);
        if (phrase == 0) {
            return Wordings.is(Kind.SENT, String.join(" ", words));
        }
        var device = words.subList(phrase, words.size());
        if (device.isEmpty()) {
            return words.size() > 1 && words.getFirst().length() > "enviado".length();
        }
        var most = phrase == 1 ? MOST_WORDS_OF_A_SHORT_ONE : MOST_WORDS;
        return device.size() <= most
                && (device.stream().limit(DEVICE_WITHIN).anyMatch(Footer::isDevice)
                        || isMine(device) && words.size() <= MOST_WORDS_OF_A_SHORT_ONE
                        || isMailProgram(device, line));
    }

    /** "Sent from my TI-85": nobody's list has all the devices, but their names have figures in them. */
    private static boolean isMine(List<String> device) {
        return device.size() > 1
                && List.of("my", "mi", "meu", "mon", "mio", "meinem", "mijn", "mojego")
                        .contains(device.getFirst())
                && device.stream().skip(1).anyMatch(word -> word.chars().anyMatch(Character::isDigit));
    }

    /** "Sent from Mail", "Enviado desde Correo": only where the link or nothing else follows. */
    private static boolean isMailProgram(List<String> device, String line) {
        return device.size() <= 2
                && List.of("mail", "correo", "courrier", "posta", "email", "e-mail")
                        .contains(device.getFirst())
                && (device.size() == 1 || line.contains("<") || line.contains("("));
    }

    /** "Someone from mobile", "Von meinem iPhone gesendet". */
    private static boolean isSentAtEnd(List<String> words) {
        if (words.size() < 3 || words.size() > MOST_WORDS_OF_A_SHORT_ONE) {
            return false;
        }
        var from = words.indexOf("from");
        return from == 1
                && words.subList(2, words.size()).stream().allMatch(word -> isDevice(word) || word.equals("my"));
    }

    /** "Get Outlook for iOS". */
    private static boolean isInvitation(List<String> words, boolean linked) {
        var system = words.stream().anyMatch(word -> word.startsWith("ios") || word.startsWith("android"));
        if (!system || words.size() > MOST_WORDS_OF_A_SHORT_ONE) {
            return false;
        }
        var outlook = words.stream().anyMatch(word -> word.startsWith("outlook"));
        var get = Wordings.is(Kind.GET, words.getFirst());
        return outlook
                ? linked || get || words.getFirst().startsWith("outlook")
                : get && words.size() > 2 && isDevice(words.get(1));
    }

    /** Whether the line is nothing but a link, as it may stand below a footer. */
    static boolean isLink(String line) {
        var stripped = line.strip();
        return stripped.length() <= LONGEST
                && (stripped.startsWith("http") || stripped.startsWith("<http") || stripped.startsWith("(http"))
                && stripped.indexOf(' ') < 0;
    }

    private static boolean isDevice(String word) {
        if (Wordings.is(Kind.DEVICE, word)) {
            return true;
        }
        var bare = word.replace(".", "").replace(",", "").replace("'", "-");
        var hyphen = bare.indexOf('-');
        return Wordings.is(Kind.DEVICE, bare) || (hyphen > 1 && Wordings.is(Kind.DEVICE, bare.substring(0, hyphen)));
    }

    private static String withoutBrackets(String word) {
        var bare = word;
        while (!bare.isEmpty() && "(<[{.!".indexOf(bare.charAt(0)) >= 0) {
            bare = bare.substring(1);
        }
        while (!bare.isEmpty() && ")>]}.!".indexOf(bare.charAt(bare.length() - 1)) >= 0) {
            bare = bare.substring(0, bare.length() - 1);
        }
        return bare;
    }

    /** The line without addresses in brackets, as plain text shows links. */
    private static String withoutLinks(String line) {
        var plain = new StringBuilder();
        var at = 0;
        while (at < line.length()) {
            var c = line.charAt(at);
            var link = line.startsWith("http", at)
                    || line.startsWith("www.", at)
                    || ("<(".indexOf(c) >= 0 && line.startsWith("http", at + 1));
            if (link) {
                var closing = c == '<' ? '>' : c == '(' ? ')' : ' ';
                var end = line.indexOf(closing, at + 1);
                at = end < 0 ? line.length() : end + (closing == ' ' ? 0 : 1);
            } else {
                plain.append(c);
                at++;
            }
        }
        return plain.toString();
    }
}
