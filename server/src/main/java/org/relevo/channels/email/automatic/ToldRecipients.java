package org.relevo.channels.email.automatic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.relevo.channels.email.mime.ParsedMail;

/**
 * Whom a notice in prose is about, and what it says about each. Servers name a recipient at the beginning of a line, behind a
 * label, as the argument of RCPT or behind the number of an SMTP reply; what follows, up to the next, is the diagnosis.
 */
final class ToldRecipients {

    private static final int MOST_RECIPIENTS = 200;
    private static final int MOST_LINES_EACH = 40;
    private static final int LONGEST_LABEL = 120;
    private static final Pattern REPLY =
            Pattern.compile("^(?:<<<|out:)?\\s*[45]\\d\\d[ \\-:](?:\\d\\.\\d+\\.\\d+ )?[<\"'(]*$");
    private static final Pattern LABEL = Pattern.compile(
            "(?:recipients?|rcpt to|rcpt|user|userid|address|addresses|mailbox|account|deliver\\w*|delivered to|deliver to|failed"
                    + "|errors|destinatario|destinataire|empfänger|destinatari)\\s*(?:\\(s\\))?\\s*(?:address)?\\s*[:=]\\s*[<\"'(]*$");
    private static final Pattern SENTENCE =
            Pattern.compile("(?:deliver\\w*|send|sent|sending|reach|message|mail|e-mail)\\b[^.:]*\\bto:?\\s+[<\"'(]*$");
    private static final List<String> CONTACTS =
            List.of("assistance", "contact", "question", "please send", "problem report");
    private static final Set<String> ABOUT_OTHERS = Set.of(
            "from",
            "mail from",
            "sender",
            "reply-to",
            "subject",
            "message-id",
            "cc",
            "return-path",
            "date",
            "errors-to");

    private final Map<String, List<String>> told = new LinkedHashMap<>();
    private final Map<String, List<String>> mentioned = new LinkedHashMap<>();
    private List<String> current = new ArrayList<>();

    private ToldRecipients() {}

    /** The lines about each recipient, by address. */
    static Map<String, List<String>> in(ParsedMail mail, Notice notice) {
        return scan(notice).result(mail, notice);
    }

    /** Whether the notice itself names anybody. */
    static boolean isIn(Notice notice) {
        return !scan(notice).told.isEmpty();
    }

    private static ToldRecipients scan(Notice notice) {
        var scan = new ToldRecipients();
        notice.lines().forEach(scan::read);
        return scan;
    }

    private void read(String line) {
        if (line.isBlank()) {
            current = current.isEmpty() ? current : new ArrayList<>();
            return;
        }
        var named = named(line);
        if (named.isPresent()) {
            var address = named.get().address();
            current = told.size() < MOST_RECIPIENTS ? told.computeIfAbsent(address, _ -> new ArrayList<>()) : current;
        } else {
            mention(line);
        }
        if (current.size() < MOST_LINES_EACH) {
            current.add(line.strip());
        }
    }

    private void mention(String line) {
        var text = line.toLowerCase(Locale.ROOT);
        if (mentioned.size() < MOST_RECIPIENTS && CONTACTS.stream().noneMatch(text::contains)) {
            MailAddresses.in(line).forEach(found -> mentioned.putIfAbsent(found.address(), List.of()));
        }
    }

    private static Optional<MailAddresses.Found> named(String line) {
        if (isAboutOthers(line)) {
            return Optional.empty();
        }
        return MailAddresses.in(line).stream()
                .filter(found -> found.start() <= LONGEST_LABEL && names(line.substring(0, found.start())))
                .findFirst();
    }

    private static boolean isAboutOthers(String line) {
        var text = line.stripLeading();
        var colon = text.indexOf(':');
        return colon > 0
                && colon <= 20
                && ABOUT_OTHERS.contains(text.substring(0, colon).strip().toLowerCase(Locale.ROOT))
                && !text.toLowerCase(Locale.ROOT).contains("rcpt");
    }

    private static boolean names(String before) {
        var text = before.strip().toLowerCase(Locale.ROOT);
        var bare = text.replaceAll("^[>*\\-•\\s]+", "")
                .replaceAll("[<\"'(\\[]+$", "")
                .strip();
        if (bare.isEmpty()) {
            return true;
        }
        if (text.contains("mail from:") && !text.contains("rcpt")
                || CONTACTS.stream().anyMatch(text::contains)) {
            return false;
        }
        return REPLY.matcher(text).find()
                || LABEL.matcher(text).find()
                || SENTENCE.matcher(before.toLowerCase(Locale.ROOT)).find();
    }

    private Map<String, List<String>> result(ParsedMail mail, Notice notice) {
        var listed = new LinkedHashMap<String, List<String>>();
        for (var header : mail.headers().all("X-Failed-Recipients")) {
            MailAddresses.in(header).stream()
                    .limit(MOST_RECIPIENTS)
                    .forEach(found -> listed.put(found.address(), about(found.address())));
        }
        var others = without(told, mail);
        if (!listed.isEmpty()) {
            var namesNone = listed.keySet().stream().noneMatch(told::containsKey);
            return namesNone && !others.isEmpty() ? others : listed;
        }
        if (!told.isEmpty()) {
            return preferOthers(told, mail);
        }
        var aside = without(mentioned, mail);
        if (aside.size() == 1) {
            return aside;
        }
        var addressed = addressed(notice);
        return addressed.isEmpty() ? aside : preferOthers(addressed, mail);
    }

    private List<String> about(String address) {
        return told.getOrDefault(address, List.of());
    }

    /** The sender of the mail receives the notice: it names him, but it is not about him, unless it names nobody else. */
    private static Map<String, List<String>> without(Map<String, List<String>> named, ParsedMail mail) {
        var others = new LinkedHashMap<>(named);
        mail.to().forEach(to -> others.remove(to.address()));
        mail.from().ifPresent(from -> others.remove(from.address()));
        return others;
    }

    /** To whom the mail was addressed that the notice repeats. */
    private static Map<String, List<String>> addressed(Notice notice) {
        var found = new LinkedHashMap<String, List<String>>();
        for (var header : notice.original().all("To")) {
            MailAddresses.in(header).stream().limit(MOST_RECIPIENTS).forEach(to -> found.put(to.address(), List.of()));
        }
        return found;
    }

    private static Map<String, List<String>> preferOthers(Map<String, List<String>> found, ParsedMail mail) {
        var others = without(found, mail);
        return others.isEmpty() ? found : others;
    }
}
