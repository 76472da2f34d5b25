package org.relevo.channels.email.automatic;

import java.util.List;

/** How mail servers put it, in the languages of their operators; everything in lower case. */
final class BounceWording {

    private static final List<String> SUBJECTS = List.of(
            "undeliver",
            "delivery status",
            "delivery fail",
            "delivery has failed",
            "delivery notification",
            "delivery error",
            "delivery problem",
            "delivery delayed",
            "delivery incomplete",
            "failure notice",
            "failure delivery",
            "failed delivery",
            "mail failure",
            "mail failed",
            "mail delivery",
            "message delivery",
            "returned mail",
            "returned to sender",
            "returning message",
            "non-deliver",
            "nondeliver",
            "not delivered",
            "could not be delivered",
            "couldn't be delivered",
            "cannot be delivered",
            "can't be delivered",
            "mail system error",
            "error sending your mail",
            "warning: message",
            "warning: could not send",
            "errors from",
            "no se puede entregar",
            "no se ha podido entregar",
            "no se pudo entregar",
            "no entregado",
            "entrega fallida",
            "error de entrega",
            "devuelto",
            "non remis",
            "échec de la remise",
            "échec de remise",
            "non distribu",
            "unzustellbar",
            "nicht zugestellt",
            "nicht zustellbar",
            "mancato recapito",
            "mancata consegna",
            "impossibile recapitare",
            "não entregue",
            "falha na entrega",
            "onbestelbaar",
            "niet bezorgd",
            "no s'ha pogut lliurar",
            "niedostarcz",
            "nie można dostarczyć",
            "не доставлено",
            "メールエラー",
            "配信不能");

    private static final List<String> FAILURES = List.of(
            "could not be delivered",
            "couldn't be delivered",
            "cannot be delivered",
            "can not be delivered",
            "can't be delivered",
            "able to deliver",
            "unable to deliver",
            "unable to be delivered",
            "was not delivered",
            "wasn't delivered",
            "not been delivered",
            "has been delayed",
            "delivery to the following",
            "delivery has failed",
            "delivery failed",
            "delivery failure",
            "failed to deliver",
            "did not reach",
            "undeliverable",
            "permanent error",
            "permanent fatal error",
            "delivery error",
            "delivery problem",
            "trouble delivering",
            "error delivering",
            "error has occurred while attempting to deliver",
            "rejected by a remote",
            "did not receive this message",
            "transcript of session",
            "failure reasons",
            "rcpt to",
            "no se pudo entregar",
            "no se ha podido entregar",
            "no pudo entregarse",
            "n'a pas pu être remis",
            "nicht zugestellt",
            "nicht ausgeliefert",
            "impossibile recapitare",
            "não pôde ser entregue",
            "não foi possível entregar",
            "niet worden bezorgd",
            "no s'ha pogut lliurar",
            "nie można dostarczyć");

    private static final List<String> DELAYS = List.of(
            "has been delayed",
            "not yet been delivered",
            "will be retried",
            "will continue to try",
            "will keep trying",
            "attempts will continue",
            "do not need to resend",
            "warning message only",
            "still trying",
            "temporarily delayed",
            "delivery delayed",
            "message delayed",
            "is delayed");

    private static final List<String> ANSWERS =
            List.of("re:", "aw:", "rv:", "fw:", "fwd:", "wg:", "tr:", "sv:", "enc:", "odp:");

    private BounceWording() {}

    /** Whether a subject is that of a report, and not of somebody's answer to one. */
    static boolean isSubject(String title) {
        return SUBJECTS.stream().anyMatch(title::contains) && ANSWERS.stream().noneMatch(title::startsWith);
    }

    static boolean tellsFailure(String text) {
        return FAILURES.stream().anyMatch(text::contains);
    }

    /** Whether the server goes on trying. */
    static boolean tellsDelay(String title, String text) {
        return DELAYS.stream().anyMatch(text::contains) || title.contains("(delay)") || title.startsWith("warning:");
    }
}
