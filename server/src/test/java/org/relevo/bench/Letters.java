package org.relevo.bench;

import java.util.Base64;
import java.util.Random;

/** Mails as shops get them: plain or with HTML, some with a small file, in threads of three, most about an order. */
final class Letters {

    private static final String[] MATTERS = {
        "Where is my parcel?",
        "Wrong size in my order",
        "¿Cuándo llega mi pedido?",
        "The lamp arrived broken",
        "Change of address, please",
        "Factura de mi compra"
    };
    private static final String TEXT = """
            Hello,

            I ordered some weeks ago and the parcel service says that it was delivered, but nobody here has seen it.
            %s Could you tell me what happened, and when I can expect it? My neighbours do not have it either, and I
            need it before the weekend because it is a present for my sister, who lives far away.

            Thank you and kind regards,
            %s
            """;

    private Letters() {}

    static String customer(int thread) {
        return "customer" + thread + "@mail.example";
    }

    /** The number of the order that every third thread names. */
    static String order(int thread, int orders) {
        return "AU-" + (20_000 + thread * 7 % orders);
    }

    /** Mail {@code number}: the first, second or third of its thread. */
    static String mail(int number, String to, String series, int orders) {
        var thread = number / 3;
        var place = number % 3;
        var random = new Random(number);
        var matter = MATTERS[thread % MATTERS.length] + (thread % 3 == 0 ? " " + order(thread, orders) : "");
        var text = TEXT.formatted(
                        thread % 5 == 0 ? "It is order " + order(thread, orders) + "." : "", "Customer " + thread)
                + "Mail " + number + " of " + series + "\n";
        var head = new StringBuilder()
                .append("From: Customer ")
                .append(thread)
                .append(" <")
                .append(customer(thread))
                .append(">\n")
                .append("To: ")
                .append(to)
                .append('\n')
                .append("Subject: =?utf-8?b?")
                .append(Base64.getEncoder()
                        .encodeToString(((place == 0 ? "" : "Re: ") + matter)
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .append("?=\n")
                .append("Message-ID: ")
                .append(id(series, thread, place))
                .append('\n')
                .append("Date: Sat, 21 Nov 2026 10:")
                .append("%02d:%02d".formatted(place, number % 60))
                .append(" +0100\n");
        if (place > 0) {
            head.append("In-Reply-To: ").append(id(series, thread, place - 1)).append('\n');
            head.append("References:");
            for (int earlier = 0; earlier < place; earlier++) {
                head.append(' ').append(id(series, thread, earlier));
            }
            head.append('\n');
        }
        head.append("MIME-Version: 1.0\n");
        if (number % 4 != 0) {
            return head + "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" + text;
        }
        var html = "<html><body><p>" + text.replace("\n\n", "</p><p>")
                + "</p><table><tr><td><b>Signed</b></td></tr></table></body></html>";
        var alternative = "--alt\nContent-Type: text/plain; charset=utf-8\n\n" + text
                + "\n--alt\nContent-Type: text/html; charset=utf-8\n\n" + html + "\n--alt--\n";
        if (number % 8 != 0) {
            return head + "Content-Type: multipart/alternative; boundary=alt\n\n" + alternative;
        }
        var bytes = new byte[6_000 + random.nextInt(6_000)];
        random.nextBytes(bytes);
        return head
                + "Content-Type: multipart/mixed; boundary=mix\n\n--mix\nContent-Type: multipart/alternative; boundary=alt\n\n"
                + alternative
                + "\n--mix\nContent-Type: image/jpeg\nContent-Disposition: attachment; filename=\"photo.jpg\"\n"
                + "Content-Transfer-Encoding: base64\n\n"
                + Base64.getMimeEncoder().encodeToString(bytes) + "\n--mix--\n";
    }

    static String id(String series, int thread, int place) {
        return "<" + series + "." + thread + "." + place + "@mail.example>";
    }
}
