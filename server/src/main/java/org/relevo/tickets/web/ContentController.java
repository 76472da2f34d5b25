package org.relevo.tickets.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.relevo.access.OpenToAll;
import org.relevo.platform.ProblemException;
import org.relevo.platform.RelevoOrigins;
import org.relevo.platform.Workspace;
import org.relevo.platform.WorkspaceId;
import org.relevo.platform.blobs.BlobStore;
import org.relevo.tickets.domain.ContentLinks;
import org.relevo.tickets.domain.MailPage;
import org.relevo.tickets.domain.StoredMessage;
import org.relevo.tickets.domain.StoredMessage.StoredFile;
import org.relevo.tickets.persistence.MessageTable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What customers sent, on its own origin: nothing here can run, reach the desk or call out. */
@RestController
class ContentController {

    private static final String NOTHING_RUNS =
            "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; sandbox allow-popups"
                    + " allow-popups-to-escape-sandbox; base-uri 'none'; form-action 'none'; frame-ancestors ";

    private final ContentLinks links;
    private final MessageTable messages;
    private final BlobStore blobs;
    private final RemotePictures pictures;
    private final RelevoOrigins origins;
    private final TransactionTemplate transaction;

    ContentController(
            ContentLinks links,
            MessageTable messages,
            BlobStore blobs,
            RemotePictures pictures,
            RelevoOrigins origins,
            TransactionTemplate transaction) {
        this.links = links;
        this.messages = messages;
        this.blobs = blobs;
        this.pictures = pictures;
        this.origins = origins;
        this.transaction = transaction;
    }

    @GetMapping("/content/{workspace}/{kind:html|html-images|answer|answer-images}/{id}/{until}/{signature}")
    @OpenToAll(because = "the link is signed for this one message and ends")
    ResponseEntity<byte[]> html(
            @PathVariable WorkspaceId workspace,
            @PathVariable String kind,
            @PathVariable UUID id,
            @PathVariable long until,
            @PathVariable String signature) {
        var target = open(workspace, kind, id, until, signature);
        var page = Workspace.call(target.workspace(), () -> transaction.execute(_ -> page(target.id(), kind)));
        return safe().contentType(new MediaType("text", "html", StandardCharsets.UTF_8))
                .body(page.getBytes(StandardCharsets.UTF_8));
    }

    private String page(UUID id, String kind) {
        var message = message(id);
        var shown = kind.startsWith("answer") ? message.replyHtml() : message.html();
        if (shown == null) {
            throw ProblemException.notFound();
        }
        var images = new HashMap<String, String>();
        for (var file : message.files()) {
            if (file.contentId() != null && SafeTypes.isImage(file.type())) {
                images.put("cid:" + file.contentId(), links.of("file", file.id()));
            }
        }
        if (kind.endsWith("-images")) {
            var remote = remoteImages(message);
            for (var number = 0; number < remote.size(); number++) {
                images.put(remote.get(number), links.of("picture-" + number, id));
            }
        }
        return MailPage.of(shown.html(), images);
    }

    private StoredMessage message(UUID id) {
        var message = messages.find(List.of(id)).get(id);
        if (message == null) {
            throw ProblemException.notFound();
        }
        return message;
    }

    private static List<String> remoteImages(StoredMessage message) {
        return message.html() == null
                ? List.of()
                : MailPage.remoteImages(message.html().html());
    }

    /** A picture that the mail only names: we fetch it, so that nobody learns who looked. */
    @GetMapping("/content/{workspace}/{kind:picture-[0-9]{1,3}}/{id}/{until}/{signature}")
    @OpenToAll(because = "the link is signed for this one picture of one message and ends")
    ResponseEntity<byte[]> picture(
            @PathVariable WorkspaceId workspace,
            @PathVariable String kind,
            @PathVariable UUID id,
            @PathVariable long until,
            @PathVariable String signature) {
        var target = open(workspace, kind, id, until, signature);
        var number = Integer.parseInt(kind, "picture-".length(), kind.length(), 10);
        var remote =
                Workspace.call(target.workspace(), () -> transaction.execute(_ -> remoteImages(message(target.id()))));
        if (remote == null || number >= remote.size()) {
            throw ProblemException.notFound();
        }
        var picture = pictures.fetch(remote.get(number)).orElseThrow(ProblemException::notFound);
        return safe().contentType(MediaType.parseMediaType(picture.type())).body(picture.bytes());
    }

    /** A message's bytes as they came, to be saved, never shown. */
    @GetMapping("/content/{workspace}/source/{id}/{until}/{signature}")
    @OpenToAll(because = "the link is signed for this one message and ends")
    ResponseEntity<Resource> source(
            @PathVariable WorkspaceId workspace,
            @PathVariable UUID id,
            @PathVariable long until,
            @PathVariable String signature)
            throws IOException {
        var target = open(workspace, "source", id, until, signature);
        return Workspace.call(target.workspace(), () -> {
            var raw = transaction.execute(_ -> message(target.id())).raw();
            if (raw == null) {
                throw ProblemException.notFound();
            }
            return safe().contentType(MediaType.APPLICATION_OCTET_STREAM)
                    .header(
                            HttpHeaders.CONTENT_DISPOSITION,
                            ContentDisposition.attachment()
                                    .filename("mail.eml")
                                    .build()
                                    .toString())
                    .body(new InputStreamResource(blobs.open(raw)));
        });
    }

    @GetMapping("/content/{workspace}/file/{id}/{until}/{signature}")
    @OpenToAll(because = "the link is signed for this one file and ends")
    ResponseEntity<Resource> file(
            @PathVariable WorkspaceId workspace,
            @PathVariable UUID id,
            @PathVariable long until,
            @PathVariable String signature)
            throws IOException {
        var target = open(workspace, "file", id, until, signature);
        return Workspace.call(target.workspace(), () -> {
            var file = transaction.execute(_ -> messages.file(target.id()).orElseThrow(ProblemException::notFound));
            return safe().contentType(type(file))
                    .contentLength(file.size())
                    .header(HttpHeaders.CONTENT_DISPOSITION, disposition(file))
                    .body(new InputStreamResource(blobs.open(file.blob())));
        });
    }

    private ContentLinks.Target open(WorkspaceId workspace, String kind, UUID id, long until, String signature) {
        return links.open(workspace, kind, id, until, signature).orElseThrow(ProblemException::notFound);
    }

    private ResponseEntity.BodyBuilder safe() {
        return ResponseEntity.ok()
                .header("Content-Security-Policy", NOTHING_RUNS + origins.desk())
                .header("X-Content-Type-Options", "nosniff")
                .header("Cross-Origin-Resource-Policy", "cross-origin")
                .header("Referrer-Policy", "no-referrer")
                .cacheControl(CacheControl.maxAge(Duration.ofHours(6)).cachePrivate());
    }

    private static MediaType type(StoredFile file) {
        return SafeTypes.shownInPlace(file.type())
                ? MediaType.parseMediaType(file.type())
                : MediaType.APPLICATION_OCTET_STREAM;
    }

    private static String disposition(StoredFile file) {
        var kind = SafeTypes.shownInPlace(file.type()) ? ContentDisposition.inline() : ContentDisposition.attachment();
        return kind.filename(file.name(), StandardCharsets.UTF_8).build().toString();
    }
}
