package org.relevo.channels.email.automatic;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.relevo.channels.email.mime.ParsedMail;

/** What the envelope and the author's name say about who is behind a mail. */
final class Sender {

    private static final Set<String> DAEMONS = Set.of(
            "mailer-daemon",
            "mailerdaemon",
            "mailer_daemon",
            "mail-daemon",
            "maildaemon",
            "postmaster",
            "post_master",
            "post-master",
            "mail.delivery.system",
            "mail-delivery-system",
            "double-bounce");
    private static final List<String> DAEMON_NAMES = List.of(
            "mailer-daemon",
            "mailer daemon",
            "mail delivery system",
            "mail delivery subsystem",
            "mail delivery service",
            "mail deliver system",
            "mail delivery",
            "delivery subsystem",
            "postmaster");
    private static final Set<String> UNATTENDED = Set.of(
            "noreply",
            "donotreply",
            "dontreply",
            "neverreply",
            "noresponder",
            "norespondas",
            "nocontestar",
            "naoresponda",
            "naoresponder",
            "nepasrepondre",
            "nerepondezpas",
            "nonrispondere",
            "nichtantworten",
            "bittenichtantworten",
            "keineantwort",
            "nietantwoorden",
            "nietbeantwoorden",
            "norespongueu",
            "nieodpowiadaj",
            "bounce",
            "bounces");

    private Sender() {}

    /** Whether a mail server names itself as the author. */
    static boolean isDaemon(ParsedMail mail) {
        return named(mail).isPresent();
    }

    /** The name or address of the mail server that wrote. */
    static Optional<String> named(ParsedMail mail) {
        var from = mail.headers().text("From").strip();
        var address = MailAddresses.first(from).or(() -> mail.from().map(ParsedMail.Address::address));
        var local = address.map(Sender::localPart).orElseGet(() -> from.toLowerCase(Locale.ROOT));
        if (DAEMONS.contains(local)) {
            return Optional.of(address.orElse(from));
        }
        var name = from.toLowerCase(Locale.ROOT);
        return DAEMON_NAMES.stream().anyMatch(daemon -> isName(name, daemon)) ? Optional.of(from) : Optional.empty();
    }

    /** A whole display name or comment, not a word in one: "Ana Postmaster" is somebody. */
    private static boolean isName(String from, String name) {
        var bare = from.startsWith("\"") ? from.substring(1) : from;
        if (bare.startsWith(name)) {
            var next = bare.substring(name.length()).stripLeading();
            return next.isEmpty() || next.startsWith("\"") || next.startsWith("<") || next.startsWith("(");
        }
        return from.endsWith("(" + name + ")");
    }

    /** An author whom no answer reaches, by its own name; none when it names somebody else to answer. */
    static Optional<String> unattended(ParsedMail mail) {
        var address = mail.author().address();
        var answered = mail.replyTo().stream().anyMatch(to -> !isUnattended(to.address()));
        return isUnattended(address) && !answered ? Optional.of(address) : Optional.empty();
    }

    private static boolean isUnattended(String address) {
        var local = localPart(address);
        var plus = local.indexOf('+');
        var bare = (plus > 0 ? local.substring(0, plus) : local).replaceAll("[-_.]", "");
        return UNATTENDED.contains(bare)
                || bare.startsWith("noreply")
                || bare.endsWith("noreply")
                || bare.startsWith("donotreply");
    }

    private static String localPart(String address) {
        return address.substring(0, Math.max(0, address.lastIndexOf('@'))).toLowerCase(Locale.ROOT);
    }

    /** Whether the envelope names nobody to send failures to (RFC 5321, 4.5.5), as reports and automatic answers do. */
    static boolean hasNoReturnPath(ParsedMail mail) {
        return mail.headers().all("Return-Path").stream()
                .map(path -> path.replace("<", "").replace(">", "").strip().toLowerCase(Locale.ROOT))
                .anyMatch(path -> path.isEmpty() || path.equals("mailer-daemon") || path.startsWith("mailer-daemon@"));
    }
}
