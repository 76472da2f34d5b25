package org.relevo.tickets;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.relevo.platform.ProblemException;

/**
 * A text with variables: {@code Hello {{customer.name|there}}}, the words after the bar for when the value is missing. It has
 * no logic, and is filled in one pass: whatever a value says is never read as a variable.
 */
public final class VariableText {

    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";

    /**
     * What came of a text.
     *
     * @param missing variables without a value or words in their place: nothing stands there now
     */
    public record Filled(String text, List<Variable> missing) {}

    private sealed interface Piece {
        record Plain(String text) implements Piece {}

        record Gap(Variable variable, String otherwise) implements Piece {}
    }

    private final List<Piece> pieces;

    private VariableText(List<Piece> pieces) {
        this.pieces = pieces;
    }

    /**
     * Reads {@code text}.
     *
     * @param pointer the field that it was given in
     * @throws ProblemException {@code invalid-request} if it names a variable that does not exist, or does not end one
     */
    public static VariableText of(String text, String pointer) {
        var pieces = new ArrayList<Piece>();
        var from = 0;
        for (var open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, from)) {
            var close = text.indexOf(CLOSE, open);
            if (close < 0) {
                throw ProblemException.invalid(pointer, "field.variable-not-closed", shortened(text.substring(open)));
            }
            pieces.add(new Piece.Plain(text.substring(from, open)));
            pieces.add(gap(text.substring(open + OPEN.length(), close), pointer));
            from = close + CLOSE.length();
        }
        pieces.add(new Piece.Plain(text.substring(from)));
        return new VariableText(pieces);
    }

    private static Piece.Gap gap(String inside, String pointer) {
        var bar = inside.indexOf('|');
        var word = (bar < 0 ? inside : inside.substring(0, bar)).strip();
        var variable = Variable.of(word)
                .orElseThrow(() ->
                        ProblemException.invalid(pointer, "field.variable-unknown", shortened(word), Variable.words()));
        return new Piece.Gap(variable, bar < 0 ? "" : inside.substring(bar + 1).strip());
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    /** The text with its gaps filled. */
    public Filled fill(Map<Variable, String> values) {
        var text = new StringBuilder();
        var missing = new ArrayList<Variable>();
        for (var piece : pieces) {
            switch (piece) {
                case Piece.Plain(var plain) -> text.append(plain);
                case Piece.Gap(var variable, var otherwise) -> {
                    var value = values.getOrDefault(variable, otherwise);
                    if (value.isBlank() && !missing.contains(variable)) {
                        missing.add(variable);
                    }
                    text.append(value);
                }
            }
        }
        return new Filled(text.toString(), List.copyOf(missing));
    }
}
