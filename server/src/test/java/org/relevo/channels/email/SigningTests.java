package org.relevo.channels.email;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.api.SignatureRecord;
import org.apache.james.jdkim.exceptions.FailException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.relevo.support.RelevoTest;
import org.relevo.support.TestShops;

/** DKIM, checked by somebody else's verifier against the records that we ask people to publish. */
@RelevoTest
class SigningTests {

    private final ScriptedSmtp smtp = new ScriptedSmtp();
    private final ScriptedShop shop;

    SigningTests(TestShops shops, Mailboxes mailboxes) {
        shop = ScriptedShop.open(shops, mailboxes, smtp.port());
    }

    @AfterEach
    void closeTheServer() throws Exception {
        smtp.close();
    }

    @Test
    void aSignedMailIsWhatItsDomainSent() throws Exception {
        var records = switchOn(true);

        var mail = sent("¿Llegó?  Sí\n\n.\nde  noche \n\n\n");

        assertThat(verified(mail, records))
                .extracting(signature -> signature.getHashKeyType().toString())
                .contains("rsa");
        assertThat(mail).startsWith("DKIM-Signature: v=1;");
    }

    @Test
    void aMailThatSomebodyChangedIsNot() throws Exception {
        var records = switchOn(true);

        var mail = sent("Hola");

        assertThatThrownBy(() -> verified(mail.replace("Hola", "Adiós"), records))
                .isInstanceOf(FailException.class);
        assertThatThrownBy(() -> verified("Subject: Another\r\n" + mail, records))
                .isInstanceOf(FailException.class);
    }

    @Test
    void nothingIsSignedUnlessTheShopWantsIt() throws Exception {
        switchOn(true);
        switchOn(false);

        assertThat(sent("Hola")).doesNotContain("DKIM-Signature");
    }

    private Map<String, String> switchOn(boolean active) {
        var signing = shop.shop()
                .api()
                .put("/mailboxes/" + shop.mailbox() + "/signing", Map.of("active", active))
                .ok();
        assertThat(signing.path("active").asBoolean()).isEqualTo(active);
        return signing.path("records")
                .valueStream()
                .collect(Collectors.toMap(
                        record -> record.path("name").asString(),
                        record -> record.path("value").asString()));
    }

    private String sent(String text) {
        var conversation = shop.conversation();
        conversation.reply(text);
        conversation.delivery("sent");
        return smtp.mails().getFirst();
    }

    private static List<SignatureRecord> verified(String mail, Map<String, String> records) throws Exception {
        var verifier =
                new DKIMVerifier((_, selector, domain) -> List.of(records.get(selector + "._domainkey." + domain)));
        return verifier.verify(new ByteArrayInputStream(mail.getBytes(ISO_8859_1)));
    }
}
