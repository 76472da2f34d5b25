package org.relevo.orders;

import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import org.relevo.access.Workspaces;
import org.relevo.orders.imports.DocumentText;
import org.relevo.orders.imports.OrderDocument;
import org.relevo.orders.imports.OrderSheet;
import org.relevo.orders.imports.ReadOrders;
import org.relevo.platform.ProblemException;
import org.relevo.platform.Workspace;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** Orders that a shop pushes or a person imports, for shops that we do not fetch from. */
@Service
public class OrderImports {

    /** The largest document, in bytes. */
    public static final int LARGEST = 20 * 1024 * 1024;

    /** How a document is written. */
    public enum Format {
        JSON,
        CSV
    }

    private final Shops shops;
    private final Orders orders;
    private final Workspaces workspaces;
    private final JsonMapper json;
    private final Clock clock;

    OrderImports(Shops shops, Orders orders, Workspaces workspaces, JsonMapper json, Clock clock) {
        this.shops = shops;
        this.orders = orders;
        this.workspaces = workspaces;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Reads a document and stores its orders, if every one of them can be taken.
     *
     * @param dryRun only tells what would be rejected
     * @throws ProblemException {@code not-found}, {@code shop-is-fetched} if the shop's orders come by themselves, or
     *     {@code import-...} if the document as a whole cannot be read
     */
    public ImportReport run(ShopId id, Format format, byte[] document, boolean dryRun) {
        if (shops.find(id).kind() != ShopKind.GENERIC) {
            throw new ProblemException("shop-is-fetched", 409);
        }
        if (document.length > LARGEST) {
            throw new ProblemException("import-too-large", 413, "20");
        }
        var text = DocumentText.read(document);
        var read = read(format, text.text());
        var store = read.rejected().isEmpty() && !dryRun;
        if (store) {
            orders.store(id, read.orders());
        }
        return new ImportReport(read.orders().size(), List.copyOf(read.rejected()), store, text.encoding());
    }

    private ReadOrders read(Format format, String text) {
        return switch (format) {
            case JSON -> new OrderDocument(json, zone(), clock.instant()).read(text);
            case CSV -> new OrderSheet(zone(), clock.instant()).read(text);
        };
    }

    /** Where times without a zone were noted: in the shop. */
    private ZoneId zone() {
        return workspaces.profile(Workspace.required()).timeZone();
    }
}
