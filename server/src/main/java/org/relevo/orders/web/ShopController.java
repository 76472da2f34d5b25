package org.relevo.orders.web;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.relevo.access.Action;
import org.relevo.access.Requires;
import org.relevo.orders.Shop;
import org.relevo.orders.ShopConnector;
import org.relevo.orders.ShopId;
import org.relevo.orders.Shops;
import org.relevo.platform.Page;
import org.relevo.platform.RelevoOrigins;
import org.relevo.platform.Texts;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/shops")
class ShopController {

    /** How a live test went. */
    @Schema(name = "CheckResult")
    record ShopCheck(boolean ok, List<CheckStep> steps) {}

    /**
     * One thing that was tried.
     *
     * @param ok absent when it was not tried, since something before it failed
     * @param detail what went wrong, or what is worth knowing although it worked
     */
    @Schema(name = "CheckStep")
    record CheckStep(
            @Schema(
                    allowableValues = {
                        "reach",
                        "sign-in",
                        "folder",
                        "smtp",
                        "smtp-sign-in",
                        "shop-reach",
                        "shop-key",
                        "shop-orders"
                    })
            String step,

            @Nullable Boolean ok,
            @Nullable Long millis,
            @Nullable String detail) {}

    private final Shops shops;
    private final RelevoOrigins origins;
    private final Texts texts;

    ShopController(Shops shops, RelevoOrigins origins, Texts texts) {
        this.shops = shops;
        this.origins = origins;
        this.texts = texts;
    }

    @GetMapping
    @Requires(Action.SHOP_READ)
    Page<ShopView> all(Locale reader) {
        return Page.whole(shops.all()).map(shop -> show(shop, reader));
    }

    /** Connects a shop, if it can be reached with what was given. */
    @PostMapping
    @Requires(Action.SHOP_MANAGE)
    @ResponseStatus(HttpStatus.CREATED)
    ShopView connect(@Valid @RequestBody ShopRequest request, Locale reader) {
        return show(shops.connect(request.command()), reader);
    }

    /** Tries address, key and orders, and keeps nothing. */
    @PostMapping("/check")
    @Requires(Action.SHOP_MANAGE)
    ShopCheck check(@Valid @RequestBody ShopRequest request, Locale reader) {
        var steps = shops.check(request.command()).stream()
                .map(step -> show(step, reader))
                .toList();
        return new ShopCheck(steps.stream().allMatch(step -> Boolean.TRUE.equals(step.ok())), steps);
    }

    /** Fetches what changed, now. */
    @PostMapping("/{id}/sync")
    @Requires(Action.SHOP_MANAGE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    void sync(@PathVariable ShopId id) {
        shops.sync(id);
    }

    /** Disconnects a shop; its orders stay. */
    @DeleteMapping("/{id}")
    @Requires(Action.SHOP_MANAGE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable ShopId id) {
        shops.remove(id);
    }

    private ShopView show(Shop shop, Locale reader) {
        return ShopView.of(shop, origins, texts, reader);
    }

    private CheckStep show(ShopConnector.Step step, Locale reader) {
        var detail = step.problem() == null ? null : texts.sentence(step.problem() + ".detail", reader);
        return new CheckStep(step.step(), step.ok(), step.millis(), detail);
    }
}
