package org.relevo.channels.email.receiving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which folders are offered for reading. */
class RemoteFolderTests {

    @ParameterizedTest
    @CsvSource({
        "INBOX,     '',        inbox,   true",
        "Pedidos,   '',        none,    true",
        "Correo,    \\Junk,    junk,    true",
        "Gesendet,  \\sent,    sent,    false",
        "Papelera,  \\Trash,   trash,   false",
        "Entwürfe,  \\Drafts,  drafts,  false",
        "All Mail,  \\All,     all,     false"
    })
    void whatServersSayOfAFolderDecidesWhetherItIsOffered(String name, String attribute, String role, boolean offered) {
        var found = RemoteFolder.Role.of(name, List.of("\\HasNoChildren", attribute));

        assertThat(found.word()).isEqualTo(role);
        assertThat(found.offered()).isEqualTo(offered);
    }
}
