package org.relevo.channels.email.automatic;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What went wrong, read from what a server said: the code of RFC 3463 that it gives, or else the one that its words mean. */
final class Diagnosis {

    private static final int LONGEST = 8_000;

    /** Three numbers; four would be an internet address. */
    private static final Pattern STATED =
            Pattern.compile("(?<![\\d.]|ersion )([245])\\.(\\d{1,3})\\.(\\d{1,3})(?!\\d|\\.\\d)");

    private static final Pattern REPLY = Pattern.compile("(?<![\\w.\\[])([45])[0-57]\\d(?=[ \\-:;,.]|$)(?!\\.\\d)");

    private record Meaning(String detail, List<String> words) {}

    private static final List<Meaning> MEANINGS = List.of(
            new Meaning(
                    "4.6",
                    List.of(
                            "hop count",
                            "too many hops",
                            "mail loop",
                            "loop detected",
                            "loops back",
                            "too many received")),
            new Meaning(
                    "3.4",
                    List.of(
                            "too large",
                            "too big",
                            "message size",
                            "size limit",
                            "exceeds maximum size",
                            "exceeds the maximum",
                            "exceeded the maximum",
                            "demasiado grande",
                            "zu groß",
                            "trop volumineux")),
            new Meaning(
                    "2.2",
                    List.of(
                            "mailbox full",
                            "mailbox is full",
                            "full mailbox",
                            "mailfolder is full",
                            "inbox is full",
                            "folder is full",
                            "quota",
                            "over limit",
                            "exceeded storage",
                            "storage limit",
                            "out of storage",
                            "local limit",
                            "mailbox has exceeded",
                            "mailbox exceeds",
                            "mailbox size",
                            "disk space for this user",
                            "too much mail",
                            "buzón lleno",
                            "buzón está lleno",
                            "bandeja llena",
                            "boîte pleine",
                            "boîte aux lettres pleine",
                            "postfach voll",
                            "postfach ist voll",
                            "casella piena",
                            "caixa cheia",
                            "caixa postal cheia",
                            "bústia plena",
                            "skrzynka pełna",
                            "mailbox vol")),
            new Meaning(
                    "1.10",
                    List.of("no smtp service", "null mx", "nullmx", "does not accept mail", "domain does not accept")),
            new Meaning("1.6", List.of("has moved", "mailbox moved", "has changed address")),
            new Meaning(
                    "1.2",
                    List.of(
                            "host unknown",
                            "unknown host",
                            "host not found",
                            "unknown domain",
                            "domain unknown",
                            "domain does not exist",
                            "domain not found",
                            "domain name not found",
                            "no such domain",
                            "invalid domain",
                            "bad domain",
                            "nxdomain",
                            "name service error",
                            "any host named",
                            "mail exchanger",
                            "no mx record",
                            "mx record",
                            "no such host",
                            "unrouteable mail domain",
                            "unroutable mail domain",
                            "account or domain may not exist",
                            "bad destination system",
                            "dominio no existe",
                            "domaine inconnu",
                            "unbekannte domain")),
            new Meaning(
                    "2.1",
                    List.of(
                            "disabled",
                            "suspended",
                            "deactivated",
                            "inactive",
                            "not active",
                            "account is locked",
                            "account locked",
                            "mailbox locked",
                            "account is closed",
                            "discontinued",
                            "no longer available",
                            "no longer active",
                            "desactivada",
                            "deaktiviert",
                            "désactivé")),
            new Meaning(
                    "1.1",
                    List.of(
                            "user unknown",
                            "unknown user",
                            "unknown recipient",
                            "recipient unknown",
                            "unknown local",
                            "unknown address",
                            "address unknown",
                            "unknown account",
                            "unknown mailbox",
                            "unknown or illegal",
                            "unknown alias",
                            "no such user",
                            "no such recipient",
                            "no such mailbox",
                            "no such address",
                            "no such account",
                            "no such person",
                            "no mailbox",
                            "not found at",
                            "user not found",
                            "recipient not found",
                            "mailbox not found",
                            "address not found",
                            "account not found",
                            "couldn't be found",
                            "could not be found",
                            "wasn't found",
                            "not listed",
                            "does not exist",
                            "doesn't exist",
                            "not exist",
                            "doesn't have a",
                            "does not have a",
                            "invalid recipient",
                            "invalid address",
                            "invalid user",
                            "invalid mailbox",
                            "invalid final",
                            "illegal alias",
                            "not a valid",
                            "not recognized",
                            "not our customer",
                            "no longer on",
                            "no valid recipient",
                            "mailbox unavailable",
                            "unavailable mailbox",
                            "recipient rejected",
                            "undeliverable address",
                            "possibly incorrect",
                            "unrouteable address",
                            "usuario desconocido",
                            "destinatario desconocido",
                            "no existe",
                            "utilisateur inconnu",
                            "destinataire inconnu",
                            "adresse inconnue",
                            "n'existe pas",
                            "unbekannter empfänger",
                            "empfänger unbekannt",
                            "existiert nicht",
                            "nicht vorhanden",
                            "utente sconosciuto",
                            "non esiste",
                            "usuário desconhecido",
                            "não existe",
                            "onbekende gebruiker",
                            "bestaat niet",
                            "desconegut",
                            "nieznany użytkownik",
                            "nie istnieje")),
            new Meaning(
                    "4.7",
                    List.of(
                            "expired",
                            "in the queue too long",
                            "in queue too long",
                            "retry timeout",
                            "retry time",
                            "multiple retries",
                            "cannot send message for",
                            "could not send message for",
                            "for the last",
                            "not delivered within",
                            "too old")),
            new Meaning(
                    "4.1",
                    List.of(
                            "timed out",
                            "timeout",
                            "connection refused",
                            "unable to connect",
                            "could not connect",
                            "requests to connect",
                            "no route to host",
                            "not reachable",
                            "unreachable",
                            "not responding",
                            "no answer",
                            "connection reset",
                            "lost connection",
                            "connection lost",
                            "connection dropped",
                            "smtp connection",
                            "network error",
                            "socket error")),
            new Meaning(
                    "7.1",
                    List.of(
                            "spam",
                            "virus",
                            "blocked",
                            "blacklist",
                            "black list",
                            "blocklist",
                            "block list",
                            "dnsbl",
                            "denied",
                            "relay",
                            "policy",
                            "policies",
                            "not permitted",
                            "not allowed",
                            "not authorized",
                            "unauthenticated",
                            "authentication",
                            "dmarc",
                            "dkim",
                            "spf",
                            "reverse dns",
                            "ptr record",
                            "no access",
                            "reputation",
                            "banned",
                            "prohibited",
                            "rejected by the recipient",
                            "rate limit",
                            "permission")),
            new Meaning(
                    "3.0",
                    List.of(
                            "system error",
                            "internal error",
                            "system resources",
                            "insufficient",
                            "disk full",
                            "mailer error")));

    /** Bad mailbox, bad system, bad syntax, moved, null MX, unable to route; not disabled ones, which may come back (RFC 3463, 7505). */
    private static final Set<String> DEAD = Set.of("1.1", "1.2", "1.3", "1.6", "1.10", "4.4");

    /** Bad address of the sender (RFC 3463). */
    private static final Set<String> SENDERS = Set.of("1.7", "1.8");

    private Diagnosis() {}

    /** The status that {@code text} states; of several the one that says most, of equals the first. */
    static Optional<String> stated(String text) {
        return STATED.matcher(cut(text))
                .results()
                .map(code -> code.group())
                .filter(code -> code.charAt(0) != '2')
                .min(Comparator.comparingInt(Diagnosis::vagueness));
    }

    /** How little a code says: that time ran out hides why, .x.0 is "other", .0.0 nothing. */
    static int vagueness(String status) {
        if (isGeneric(status)) {
            return 3;
        }
        return status.endsWith(".0") ? 2 : status.endsWith(".4.7") ? 1 : 0;
    }

    /** The second and third number of the status that the words of {@code text} mean. */
    static Optional<String> meant(String text) {
        var words = cut(text).toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        return MEANINGS.stream()
                .filter(meaning -> meaning.words().stream().anyMatch(words::contains))
                .map(Meaning::detail)
                .findFirst();
    }

    /** The first digit of the SMTP reply in {@code text}, 4 or 5. */
    static Optional<String> reply(String text) {
        return REPLY.matcher(cut(text)).results().map(found -> found.group(1)).findFirst();
    }

    /**
     * The best that can be told from {@code text}.
     *
     * @param otherwise the first digit when no SMTP reply gives it
     */
    static Optional<String> of(String text, String otherwise) {
        var reply = reply(text);
        return stated(text)
                .or(() -> meant(text).map(detail -> reply.orElse(otherwise) + "." + detail))
                .or(() -> reply.map(digit -> digit + ".0.0"));
    }

    /**
     * Whether an address is dead: it or its domain does not exist. A code about addresses, mailboxes or nothing in particular
     * leaves it to the words, if they mean something; a code about the sender, the mail or the way does not.
     */
    static boolean isForGood(String status, String diagnostic) {
        if (!status.startsWith("5.")) {
            return false;
        }
        var detail = status.substring(2);
        var open = vagueness(status) > 0 || detail.startsWith("1.") || detail.startsWith("2.");
        return DEAD.contains(
                open && !SENDERS.contains(detail) ? meant(diagnostic).orElse(detail) : detail);
    }

    static boolean isStatus(String text) {
        return text.length() <= 9 && STATED.matcher(text).matches();
    }

    /** Whether a code says no more than its class. */
    static boolean isGeneric(String status) {
        return status.endsWith(".0.0");
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
