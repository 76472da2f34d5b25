package org.relevo.channels.email.automatic;

import java.util.List;
import java.util.Locale;

/**
 * Subjects that only programs write. The body is not read: "I am away until Monday" is also what a customer writes to whoever is
 * to deliver something.
 */
final class AutomaticWording {

    private static final List<String> ANSWERS = List.of(
            "automatic reply",
            "automatic response",
            "auto reply",
            "auto-reply",
            "autoreply",
            "auto response",
            "auto-response",
            "autoresponse",
            "auto responder",
            "autoresponder",
            "automated reply",
            "automated response",
            "out of office",
            "out of the office",
            "out-of-office",
            "vacation reply",
            "away from the office",
            "away from my mail",
            "respuesta automática",
            "respuesta automatica",
            "autorespuesta",
            "contestación automática",
            "fuera de la oficina",
            "fuera de oficina",
            "ausente de la oficina",
            "automatische antwort",
            "autom. antwort",
            "abwesenheitsnotiz",
            "abwesenheitsnachricht",
            "abwesenheitsmeldung",
            "abwesenheitsassistent",
            "automatische abwesenheit",
            "réponse automatique",
            "reponse automatique",
            "message d'absence",
            "absence du bureau",
            "absent du bureau",
            "en dehors du bureau",
            "risposta automatica",
            "fuori ufficio",
            "fuori sede",
            "assente dall'ufficio",
            "resposta automática",
            "resposta automatica",
            "resposta automàtica",
            "fora do escritório",
            "fora da empresa",
            "ausência temporária",
            "fora de l'oficina",
            "absent de l'oficina",
            "automatisch antwoord",
            "automatisch bericht",
            "afwezigheidsbericht",
            "afwezigheidsmelding",
            "niet op kantoor",
            "automatyczna odpowiedź",
            "odpowiedź automatyczna",
            "autoodpowiedź",
            "poza biurem",
            "nieobecność w biurze",
            "autosvar",
            "automatiskt svar",
            "automaattinen vastaus",
            "frånvaro");
    private static final List<String> GOES_ON = List.of(
            "re ",
            "re:",
            "reply",
            "message",
            "notification",
            "notice",
            "until",
            "hasta",
            "bis ",
            "jusqu",
            "fino",
            "até",
            "tot ",
            "fins",
            "do ",
            "from",
            "del ",
            "vom ",
            "du ",
            "dal ",
            "de ",
            "auto");

    private AutomaticWording() {}

    /** Whether a subject begins as that of an automatic answer and does not go on to be about something else. */
    static boolean isIn(String subject) {
        var text = subject.strip().toLowerCase(Locale.ROOT).replace('’', '\'');
        var bare = text.startsWith("[") && text.indexOf(']') > 0
                ? text.substring(text.indexOf(']') + 1).strip()
                : text;
        return bare.startsWith("auto:")
                || bare.startsWith("away until ")
                || ANSWERS.stream().anyMatch(answer -> begins(bare, answer));
    }

    /** "Out of office" and "Out of office: lamp" do; "Out of office chairs?" is a customer's. */
    private static boolean begins(String subject, String answer) {
        if (!subject.startsWith(answer)) {
            return false;
        }
        var rest = subject.substring(answer.length());
        var next = rest.stripLeading();
        return next.isEmpty()
                || !Character.isLetterOrDigit(next.charAt(0)) && next.charAt(0) != '?'
                || rest.startsWith(" ") && GOES_ON.stream().anyMatch(next::startsWith);
    }
}
