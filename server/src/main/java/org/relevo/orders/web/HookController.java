package org.relevo.orders.web;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.relevo.access.OpenToAll;
import org.relevo.orders.ShopId;
import org.relevo.orders.Shops;
import org.relevo.platform.ProblemException;
import org.relevo.platform.Workspace;
import org.relevo.platform.WorkspaceId;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where shops tell that an order changed. A shop stops telling after five failures, so what is harmless gets a 200. */
@RestController
@RequestMapping("/hooks/woocommerce/{workspace}/{shop}")
class HookController {

    private static final int LARGEST = 5 * 1024 * 1024;

    private final Shops shops;

    HookController(Shops shops) {
        this.shops = shops;
    }

    @PostMapping
    @OpenToAll(because = "the shop signs the body with the secret it was connected with, and the body is only a hint")
    void hear(
            @PathVariable WorkspaceId workspace,
            @PathVariable ShopId shop,
            @RequestHeader(name = HttpHeaders.CONTENT_TYPE, defaultValue = "") String type,
            @RequestHeader(name = "X-WC-Webhook-Topic", defaultValue = "") String topic,
            @RequestHeader(name = "X-WC-Webhook-Signature", required = false) @Nullable String signature,
            InputStream body)
            throws IOException {
        if (signature == null && type.startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE)) {
            Workspace.call(workspace, () -> shops.find(shop));
            return; // "webhook_id=1": sent, unsigned, when somebody makes the webhook
        }
        var bytes = body.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw new ProblemException("hook-too-large", 413);
        }
        Workspace.run(workspace, () -> shops.heard(shop, topic, signature == null ? "" : signature, bytes));
    }
}
