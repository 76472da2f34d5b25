package org.relevo.orders.web;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.relevo.orders.ConnectShop;
import org.relevo.orders.ShopConnector;
import org.relevo.orders.ShopKind;
import org.relevo.orders.domain.ShopAddress;
import org.relevo.platform.ProblemException;

/** A shop to connect or to try; WooCommerce needs address, key and secret. */
record ShopRequest(
        @NotNull ShopKind kind,
        @NotBlank @Size(max = 120) String name,
        @Nullable @Size(max = 500) String url,
        @Nullable @Size(max = 200) String key,
        @Nullable @Size(max = 200) String secret) {

    /** @throws ProblemException {@code invalid-request} naming every field that is missing or wrong */
    ConnectShop command() {
        var wrong = new ArrayList<ProblemException.Field>();
        var command = switch (kind) {
            case GENERIC -> new ConnectShop.Generic(name.strip(), blank(url) ? null : address(wrong));
            case WOOCOMMERCE ->
                new ConnectShop.WooCommerce(
                        name.strip(),
                        new ShopConnector.Access(
                                address(wrong), required("/key", key, wrong), required("/secret", secret, wrong)));
        };
        if (!wrong.isEmpty()) {
            throw new ProblemException("invalid-request", 422).with(wrong);
        }
        return command;
    }

    private String address(List<ProblemException.Field> wrong) {
        var address = url == null ? java.util.Optional.<String>empty() : ShopAddress.read(url);
        if (address.isEmpty()) {
            wrong.add(new ProblemException.Field("/url", "field.shop-address"));
        }
        return address.orElse("");
    }

    private static String required(String pointer, @Nullable String text, List<ProblemException.Field> wrong) {
        if (text == null || text.isBlank()) {
            wrong.add(new ProblemException.Field(pointer, "field.shop-key-missing"));
            return "";
        }
        return text.strip();
    }

    private static boolean blank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
