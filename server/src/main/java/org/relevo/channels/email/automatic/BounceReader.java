package org.relevo.channels.email.automatic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.relevo.channels.email.automatic.Bounce.Kind;
import org.relevo.channels.email.automatic.Bounce.Recipient;
import org.relevo.channels.email.mime.MailParser;
import org.relevo.channels.email.mime.ParsedMail;

/** Reads reports in the form of RFC 3464 and in the prose of those servers that do not know it. */
final class BounceReader {

    private static final int LONGEST_DIAGNOSTIC = 1_000;
    private static final int MOST_RECIPIENTS = 500;
    private static final int LINES_TO_TELL = 40;
    private static final int DEEPEST = 2;

    private final ParsedMail mail;
    private final int depth;
    private final Notice notice;
    private final String words;
    private final Map<String, Optional<String>> general = new HashMap<>();
    private @Nullable Map<String, List<String>> named;

    BounceReader(ParsedMail mail) {
        this(mail, 0);
    }

    private BounceReader(ParsedMail mail, int depth) {
        this.mail = mail;
        this.depth = depth;
        this.notice = Notice.in(mail);
        this.words = notice.words();
    }

    Optional<Bounce> read() {
        var ses = SesNotice.in(mail);
        if (ses.isPresent()) {
            return ses.flatMap(SesNotice::bounce);
        }
        if (!isReport() && !isNotice()) {
            return Optional.empty();
        }
        var recipients = recipients();
        return recipients.isEmpty()
                ? inner()
                : Optional.of(new Bounce(kind(recipients), recipients, notice.originalMessageId()));
    }

    /** A relay that reports on a report without a word of its own. */
    private Optional<Bounce> inner() {
        if (depth >= DEEPEST) {
            return Optional.empty();
        }
        var attached = mail.parts().stream()
                .filter(part -> part.type().equals("message/rfc822"))
                .map(ParsedMail.Part::content)
                .findFirst();
        return attached.or(notice::quotedCopy)
                .flatMap(copy -> new BounceReader(new MailParser().parse(copy), depth + 1).read());
    }

    /** A report by its form. One that a person attached to a mail of her own is not addressed to us. */
    private boolean isReport() {
        return mail.parts().stream().anyMatch(DeliveryReport::isPart)
                && (isOfType("multipart/report") || Sender.isDaemon(mail) || isMachine());
    }

    private boolean isOfType(String type) {
        return mail.headers()
                .first("Content-Type")
                .orElse("")
                .strip()
                .toLowerCase(Locale.ROOT)
                .startsWith(type);
    }

    /** A report by its author and its words. Who forwards or quotes one is an author of another kind. */
    private boolean isNotice() {
        if (mail.headers().first("X-Failed-Recipients").isPresent()) {
            return true;
        }
        var title = mail.subject().toLowerCase(Locale.ROOT);
        var titled = BounceWording.isSubject(title);
        var told = BounceWording.tellsFailure(words);
        if (Sender.isDaemon(mail)) {
            return titled || told || notice.lines().stream().anyMatch(BounceReader::isReply);
        }
        if (Sender.hasNoReturnPath(mail)) {
            return told ? titled || notice.copied() : titled && notice.copied();
        }
        return isMachine()
                && notice.copied()
                && (titled || told); // a carrier's "could not be delivered" is about a parcel
    }

    private boolean isMachine() {
        return Sender.hasNoReturnPath(mail)
                || Sender.unattended(mail).isPresent()
                || mail.headers()
                        .first("Auto-Submitted")
                        .filter(value -> !value.strip().startsWith("no"))
                        .isPresent();
    }

    private static boolean isReply(String line) {
        var text = line.strip();
        return text.length() > 4
                && (text.charAt(0) == '5' || text.charAt(0) == '4')
                && Character.isDigit(text.charAt(1))
                && Character.isDigit(text.charAt(2))
                && (text.charAt(3) == ' ' || text.charAt(3) == '-');
    }

    private List<Recipient> recipients() {
        var stated = stated();
        return stated.isEmpty() && !isAboutReport() ? told() : stated;
    }

    private boolean isAboutReport() {
        var type = notice.original().first("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        return type.startsWith("multipart/report") && type.contains("delivery-status") && !ToldRecipients.isIn(notice);
    }

    /** Of several reports on one address the worst counts. */
    private List<Recipient> stated() {
        var byAddress = new LinkedHashMap<String, Recipient>();
        var reports = DeliveryReport.in(mail, notice);
        for (var report : reports.subList(0, Math.min(reports.size(), MOST_RECIPIENTS))) {
            var recipient = recipient(report);
            byAddress.merge(recipient.address(), recipient, (one, other) -> rank(one) <= rank(other) ? one : other);
        }
        if (byAddress.size() == 1 && byAddress.containsKey("")) {
            return withAddress(byAddress.get(""));
        }
        return List.copyOf(byAddress.values());
    }

    private List<Recipient> withAddress(Recipient hidden) {
        return named().keySet().stream()
                .findFirst()
                .map(address -> List.of(new Recipient(address, hidden.status(), hidden.action(), hidden.diagnostic())))
                .orElse(List.of(hidden));
    }

    private static int rank(Recipient recipient) {
        return List.of("failed", "delayed", "expanded", "relayed", "delivered").indexOf(recipient.action());
    }

    private Recipient recipient(DeliveryReport report) {
        var address = report.address().orElse("");
        var said = report.diagnostic().isEmpty() ? said(address) : report.diagnostic();
        var action = report.action()
                .orElseGet(() ->
                        report.status(said).filter(code -> code.startsWith("4")).isPresent() || isDelay()
                                ? "delayed"
                                : "failed");
        var status = report.status(said).or(() -> guessed(said, action)).orElse(classOf(action) + ".0.0");
        return new Recipient(address, status, action, said.isEmpty() ? tell(List.of()) : said);
    }

    /** Only trouble is told in words; of success there is but one kind. */
    private Optional<String> guessed(String said, String action) {
        var digit = classOf(action);
        return digit.equals("2") ? Optional.empty() : Diagnosis.of(said, digit).or(() -> general(digit));
    }

    /** What the prose says about a recipient whose fields hold no diagnosis. */
    private String said(String address) {
        return Diagnostics.oneLine(named().getOrDefault(address, List.of()), LONGEST_DIAGNOSTIC);
    }

    private static String classOf(String action) {
        return switch (action) {
            case "failed" -> "5";
            case "delayed" -> "4";
            default -> "2";
        };
    }

    private List<Recipient> told() {
        var recipients = new ArrayList<Recipient>();
        named().forEach((address, lines) -> recipients.add(told(address, lines)));
        return recipients;
    }

    private Recipient told(String address, List<String> lines) {
        var action = isDelay() ? "delayed" : "failed";
        var own = String.join(" ", lines).replace(address, "");
        var status = Diagnosis.of(own, classOf(action))
                .filter(code -> !Diagnosis.isGeneric(code))
                .or(() -> general(classOf(action)))
                .or(() -> Diagnosis.of(mail.subject(), classOf(action)))
                .orElse(classOf(action) + ".0.0");
        return new Recipient(address, status, action, tell(lines));
    }

    /** What the whole notice says, worked out once for all recipients. */
    private Optional<String> general(String otherwise) {
        return general.computeIfAbsent(otherwise, digit -> Diagnosis.of(String.join(" ", notice.lines()), digit));
    }

    private Map<String, List<String>> named() {
        if (named == null) {
            named = ToldRecipients.in(mail, notice);
        }
        return named;
    }

    /** What is said about a recipient; if that is its address alone, what is said about all. */
    private String tell(List<String> lines) {
        var more = lines.size() > 1 || lines.stream().anyMatch(BounceReader::goesOn);
        var beginning = notice.lines().subList(0, Math.min(notice.lines().size(), LINES_TO_TELL));
        return Diagnostics.oneLine(more ? lines : beginning, LONGEST_DIAGNOSTIC);
    }

    private static boolean goesOn(String line) {
        var last = MailAddresses.in(line);
        var rest = last.isEmpty() ? line : line.substring(last.getLast().end());
        return rest.chars().filter(Character::isLetter).count() > 2;
    }

    private boolean isDelay() {
        return BounceWording.tellsDelay(mail.subject().toLowerCase(Locale.ROOT), words);
    }

    private static Kind kind(List<Recipient> recipients) {
        var worst = recipients.stream().mapToInt(BounceReader::rank).min().orElseThrow();
        return switch (worst) {
            case 0 -> Kind.FAILED;
            case 1 -> Kind.DELAYED;
            case 2 -> Kind.EXPANDED;
            default -> Kind.RELAYED;
        };
    }
}
