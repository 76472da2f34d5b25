package org.relevo.channels.email;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Every text of a parsed mail that goes to the database. */
final class TextsOf {

    private TextsOf() {}

    static List<String> mail(ParsedMail mail) {
        var files = mail.parts().stream().flatMap(part -> Stream.of(part.name(), part.type(), part.contentId()));
        var lists = Stream.of(mail.ancestors(), mail.to(), mail.cc(), mail.recipients())
                .flatMap(List::stream);
        var own = Stream.of(
                mail.headerId().orElse(""),
                mail.from().name(),
                mail.from().address(),
                mail.replyTo().map(ParsedMail.Address::address).orElse(""),
                mail.subject(),
                mail.text(),
                mail.html());
        return Stream.of(files, lists, own)
                .flatMap(texts -> texts)
                .filter(Objects::nonNull)
                .toList();
    }
}
