package org.relevo.orders.web;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.relevo.access.Action;
import org.relevo.access.Requires;
import org.relevo.orders.ImportReport;
import org.relevo.orders.OrderImports;
import org.relevo.orders.OrderImports.Format;
import org.relevo.orders.ShopId;
import org.relevo.platform.Texts;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Takes whole documents of orders. A document with faults is answered with a report too: nothing was wrong with asking. */
@RestController
@RequestMapping("/api/v1/shops/{id}")
class ImportController {

    private static final String CSV = "text/csv";

    /**
     * What became of a document.
     *
     * @param accepted orders without fault
     * @param imported whether they are stored now; never when a line is rejected
     * @param encoding how it was read: {@code UTF-8} or {@code windows-1252}
     */
    @Schema(name = "ImportReport")
    record Report(int accepted, List<RejectedLine> rejected, boolean imported, String encoding) {}

    /** A line that cannot be taken, and why. */
    record RejectedLine(int line, @Nullable String field, String detail) {}

    private final OrderImports imports;
    private final Texts texts;

    ImportController(OrderImports imports, Texts texts) {
        this.imports = imports;
        this.texts = texts;
    }

    /** What a person uploads. */
    @PostMapping(
            path = "/imports",
            consumes = {CSV, MediaType.APPLICATION_JSON_VALUE})
    @Requires(Action.SHOP_MANAGE)
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = {
                @Content(mediaType = CSV, schema = @Schema(type = "string")),
                @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(type = "object"))
            })
    Report document(
            @PathVariable ShopId id,
            @RequestParam(defaultValue = "false") boolean dryRun,
            @Parameter(hidden = true) @RequestHeader(HttpHeaders.CONTENT_TYPE) MediaType type,
            InputStream body,
            Locale reader)
            throws IOException {
        var format = MediaType.APPLICATION_JSON.includes(type) ? Format.JSON : Format.CSV;
        return show(imports.run(id, format, bytes(body), dryRun), reader);
    }

    /** What a program calls, with a token. */
    @PutMapping(path = "/orders", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Action.ORDER_PUSH)
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(type = "object")))
    Report push(@PathVariable ShopId id, InputStream body, Locale reader) throws IOException {
        return show(imports.run(id, Format.JSON, bytes(body), false), reader);
    }

    /** The body, or one byte more than is taken. */
    private static byte[] bytes(InputStream body) throws IOException {
        return body.readNBytes(OrderImports.LARGEST + 1);
    }

    private Report show(ImportReport report, Locale reader) {
        var rejected = report.rejected().stream()
                .map(line -> new RejectedLine(line.line(), line.field(), texts.sentence(line.reason(), reader)))
                .toList();
        return new Report(report.accepted(), rejected, report.imported(), report.encoding());
    }
}
