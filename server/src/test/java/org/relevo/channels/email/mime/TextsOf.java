package org.relevo.channels.email.mime;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Every text of a parsed mail that goes to the database. */
public final class TextsOf {

    private TextsOf() {}

    public static List<String> mail(ParsedMail mail) {
        var files = mail.parts().stream().flatMap(part -> Stream.of(part.name(), part.type(), part.contentId()));
        var lists = Stream.of(mail.ancestors(), mail.recipients()).flatMap(List::stream);
        var own = Stream.of(
                mail.messageId().orElse(""),
                mail.author().name(),
                mail.author().address(),
                String.valueOf(mail.replyTo()),
                mail.subject(),
                mail.text(),
                mail.html());
        return Stream.of(files, lists, own)
                .flatMap(texts -> texts)
                .filter(Objects::nonNull)
                .toList();
    }
}
