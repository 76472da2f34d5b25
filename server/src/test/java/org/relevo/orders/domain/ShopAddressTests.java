package org.relevo.orders.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShopAddressTests {

    @ParameterizedTest
    @CsvSource({
        "aurea.example, https://aurea.example",
        "https://Aurea.example/, https://aurea.example",
        "http://aurea.example:8080/tienda/, http://aurea.example:8080/tienda",
        "https://aurea.example/tienda/wp-json/wc/v3/orders, https://aurea.example/tienda",
        "https://aurea.example/wp-admin/, https://aurea.example",
        "'  https://camión.example  ', https://xn--camin-3ta.example",
        "https://aurea.example/?utm=1#x, https://aurea.example",
    })
    void whatPeoplePasteBecomesTheAddressOfTheShop(String pasted, String address) {
        assertThat(ShopAddress.read(pasted)).contains(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://",
                "ftp://aurea.example",
                "https://user:secret@aurea.example",
                "mi tienda",
                "javascript:alert(1)"
            })
    void whatIsNoAddressIsRefused(String pasted) {
        assertThat(ShopAddress.read(pasted)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "data:text/html,x",
                "/relative",
                "https://a\"onclick=x",
                "file:///etc/passwd"
            })
    void aLinkThatABrowserMustNotFollowIsNone(String link) {
        assertThat(ShopAddress.linkOrNull(link)).isNull();
    }
}
