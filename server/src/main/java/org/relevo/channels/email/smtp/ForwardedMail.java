package org.relevo.channels.email.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.relevo.channels.MailboxId;
import org.relevo.channels.inbound.Arrival;
import org.relevo.platform.Workspace;
import org.relevo.platform.WorkspaceId;
import org.relevo.platform.blobs.BlobId;
import org.relevo.platform.blobs.BlobStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * A mail that is coming in. It goes straight to the disk, once for each mailbox that it is for, below the fields of whoever
 * delivers last (RFC 5321, 4.4): Return-Path, Delivered-To, Received. Whatever goes wrong, the rest of it is listened to, so
 * that no line of a mail is ever taken for a command.
 */
final class ForwardedMail implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ForwardedMail.class);
    private static final int LONGEST_HELLO = 255;

    private record Key(WorkspaceId workspace, MailboxId mailbox) {}

    /** What one mailbox gets. */
    final class Copy {
        private final Key key;
        private final List<Recipient> recipients;
        private final BlobStore.Writing writing;

        private Copy(Key key, List<Recipient> recipients) {
            this.key = key;
            this.recipients = recipients;
            this.writing = Workspace.call(key.workspace(), blobs::begin);
        }

        WorkspaceId workspace() {
            return key.workspace();
        }

        MailboxId mailbox() {
            return key.mailbox();
        }

        /** What is stored of it; it is on the disk then. */
        Arrival arrival() {
            var size = writing.size();
            var blob = writing.keep();
            var direct = settings.networks().isEmpty() && recipients.stream().noneMatch(Recipient::secret);
            return new Arrival(mailbox().value(), transportKey(), blob, size, at, null, direct);
        }

        /** The same however often this mail is brought: our own fields are not part of it. */
        private String transportKey() {
            var to = recipients.stream().map(Recipient::address).sorted().collect(Collectors.joining("\n"));
            return "smtp:" + mailbox().value() + ":" + hash + ":"
                    + BlobId.of(to.getBytes(UTF_8)).hex();
        }
    }

    private final Envelope envelope;
    private final String hostname;
    private final Instant at;
    private final SmtpSettings settings;
    private final long limit;
    private final BlobStore blobs;
    private final Consumer<Copy> store;
    private final MessageDigest digest = sha256();
    private final List<Copy> copies = new ArrayList<>();
    private @Nullable RuntimeException trouble;
    private String hash = "";
    private long size;

    ForwardedMail(
            Envelope envelope,
            String hostname,
            Instant at,
            SmtpSettings settings,
            BlobStore blobs,
            Consumer<Copy> store) {
        this.envelope = envelope;
        this.hostname = hostname;
        this.at = at;
        this.settings = settings;
        this.limit = settings.largest().toBytes();
        this.blobs = blobs;
        this.store = store;
        var mailboxes = envelope.recipients().stream()
                .collect(Collectors.groupingBy(
                        one -> new Key(one.workspace(), one.mailbox()), LinkedHashMap::new, Collectors.toList()));
        mailboxes.forEach(this::open);
    }

    private void open(Key key, List<Recipient> recipients) {
        unlessTroubled(() -> {
            var copy = new Copy(key, recipients);
            copies.add(copy);
            copy.writing.write(fields(recipients));
        });
    }

    private byte[] fields(List<Recipient> recipients) {
        var delivered = recipients.stream()
                .map(recipient -> "Delivered-To: " + recipient.address() + "\r\n")
                .collect(Collectors.joining());
        return "Return-Path: <%s>\r\n%sReceived: from %s ([%s])\r\n\tby %s (RELEVO) with %s; %s\r\n"
                .formatted(
                        envelope.sender(),
                        delivered,
                        plain(envelope.hello()),
                        envelope.bringer(),
                        hostname,
                        envelope.protocol(),
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC)))
                .getBytes(UTF_8);
    }

    private static String plain(String hello) {
        var name = hello.codePoints()
                .filter(letter -> Character.isLetterOrDigit(letter) || ".-:[]_".indexOf(letter) >= 0)
                .limit(LONGEST_HELLO)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
        return name.isEmpty() ? "unknown" : name.toString();
    }

    /** Takes the next piece. */
    void add(byte[] piece) {
        size += piece.length;
        if (size > limit) {
            close(); // no byte of it is wanted any longer
            return;
        }
        digest.update(piece);
        unlessTroubled(() -> copies.forEach(copy -> copy.writing.write(piece)));
    }

    /** Keeps the mail, and tells what to answer: 250 only when it is on the disk and its rows are committed. */
    String keep() {
        if (size > limit) {
            return "552 5.3.4 This mail is larger than what is taken here";
        }
        hash = HexFormat.of().formatHex(digest.digest());
        unlessTroubled(() -> copies.forEach(store));
        if (trouble != null) {
            LOG.warn("A forwarded mail could not be stored; its sender is asked to bring it again", trouble);
            return "451 4.3.0 It cannot be stored now; try again later";
        }
        return "250 2.0.0 Stored";
    }

    private void unlessTroubled(Runnable step) {
        if (trouble != null) {
            return;
        }
        try {
            step.run();
        } catch (UncheckedIOException | DataAccessException | TransactionException e) {
            trouble = e;
        }
    }

    @Override
    public void close() {
        for (var copy : copies) {
            try {
                copy.writing.close();
            } catch (UncheckedIOException e) {
                LOG.warn(
                        "A half mail stays on the disk [mailbox={}]",
                        copy.mailbox().value(),
                        e);
            }
        }
        copies.clear();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
