package org.relevo.tickets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relevo.platform.ProblemException;

class VariableTextTests {

    private static final Map<Variable, String> VALUES =
            Map.of(Variable.CUSTOMER_NAME, "Ana {{shop.name}}", Variable.TICKET_NUMBER, "1042");

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Hola {{ticket.number}};Hola 1042",
                "Hola {{ ticket.number | nada }};Hola 1042",
                "Hola {{customer.name}};Hola Ana {{shop.name}}",
                "Hola {{order.number|tu pedido}};Hola tu pedido",
                "{{order.number|a|b}};a|b",
                "{ticket.number} ${7*7} #{x} <%= 1 %>;{ticket.number} ${7*7} #{x} <%= 1 %>",
                "}} {{ticket.number}};}} 1042"
            })
    void valuesStandInTheirPlaceAndAreNeverReadAgain(String text, String filled) {
        assertThat(VariableText.of(text, "/text").fill(VALUES).text()).isEqualTo(filled);
    }

    @Test
    void aValueThatIsMissingLeavesNothingAndIsNamed() {
        var filled = VariableText.of("{{order.number}}, {{order.number}} {{agent.name|yo}}", "/text")
                .fill(VALUES);

        assertThat(filled.text()).isEqualTo(",  yo");
        assertThat(filled.missing()).isEqualTo(List.of(Variable.ORDER_NUMBER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{7*7}}",
                "{{customer.iban}}",
                "{{}}",
                "{{{{customer.name}}}}",
                "{{customer.name",
                "{{Customer.Name}}"
            })
    void whatIsNoVariableIsRefused(String text) {
        assertThatThrownBy(() -> VariableText.of(text, "/text"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.slug()).isEqualTo("invalid-request"));
    }
}
