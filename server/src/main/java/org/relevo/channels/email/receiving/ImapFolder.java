package org.relevo.channels.email.receiving;

import jakarta.mail.MessagingException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.eclipse.angus.mail.iap.BadCommandException;
import org.eclipse.angus.mail.iap.CommandFailedException;
import org.eclipse.angus.mail.iap.ConnectionException;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.protocol.BODY;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.IMAPProtocol;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.eclipse.angus.mail.imap.protocol.INTERNALDATE;
import org.eclipse.angus.mail.imap.protocol.RFC822SIZE;
import org.eclipse.angus.mail.imap.protocol.UID;
import org.jspecify.annotations.Nullable;

/** An open folder: exact bytes by UID, never touching a flag, and IDLE. Not for use by several threads. */
final class ImapFolder implements AutoCloseable {

    private static final int LONGEST_HEAD = 256 * 1024;

    /** What may come beside the bytes that were asked for, and as sizes are told less than exactly. */
    private static final int SLACK = 256 * 1024;

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d-MMM-yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    /**
     * What the server can do.
     *
     * @param modificationSequences CONDSTORE (RFC 7162)
     */
    record Abilities(boolean idle, boolean modificationSequences) {}

    /** A mail at the server. Its size is what the server says, which need not be true. */
    record Listed(long uid, long size, @Nullable Instant internalDate) {}

    /** A mail's exact bytes and when its server took it in. */
    record Fetched(long uid, byte[] raw, @Nullable Instant internalDate) {}

    /** Where a folder stands; the sequence is 0 at servers that have none. */
    record Standing(long uidValidity, long uidNext, long highestModSeq) {}

    private final IMAPFolder folder;
    private final String name;
    private final Abilities abilities;
    private final long validity;

    ImapFolder(IMAPFolder folder, String name, Abilities abilities) throws MessagingException {
        this.folder = folder;
        this.validity = folder.getUIDValidity();
        this.name = name;
        this.abilities = abilities;
    }

    String name() {
        return name;
    }

    long uidValidity() {
        return validity;
    }

    /** The UID before the first mail that arrived after {@code since}; where the first reading begins. */
    long before(Instant since) throws MessagingException {
        var found = search("SINCE " + DAY.format(since.minus(Duration.ofDays(1))));
        return found.length == 0 ? Math.max(folder.getUIDNext() - 1, 0) : found[0] - 1;
    }

    /** The UIDs of what stands after {@code uid}, in their order. */
    long[] after(long uid) throws MessagingException {
        // "n:*" always names the last mail, even an older one.
        return LongStream.of(search("UID " + (uid + 1) + ":*"))
                .filter(found -> found > uid)
                .toArray();
    }

    private long[] search(String terms) throws MessagingException {
        var found = LongStream.builder();
        folder.doCommand(protocol -> {
            for (var response : ask(protocol, "UID SEARCH " + terms)) {
                if (response instanceof IMAPResponse answer && answer.keyEquals("SEARCH")) {
                    for (var uid = answer.readLong(); uid != -1; uid = answer.readLong()) {
                        found.add(uid);
                    }
                }
            }
            return null;
        });
        return found.build().sorted().distinct().toArray();
    }

    /** What is listed of these UIDs; those deleted meanwhile are left out. */
    List<Listed> list(Collection<Long> uids) throws MessagingException {
        return fetch(set(uids), "UID RFC822.SIZE INTERNALDATE", 0, answer -> {
                    var uid = answer.getItem(UID.class);
                    var size = answer.getItem(RFC822SIZE.class);
                    return uid == null ? null : new Listed(uid.uid, size == null ? 0 : size.size, date(answer));
                })
                .stream()
                .filter(mail -> uids.contains(mail.uid()))
                .sorted(Comparator.comparingLong(Listed::uid))
                .toList();
    }

    /** What fetching mails of {@code size} bytes may bring at most. */
    static long most(long size) {
        return size + size / 4 + SLACK;
    }

    /**
     * The mails with these UIDs; those deleted meanwhile are left out, and those that the server lists but does not give.
     *
     * @param size what the server said that they have together; one that sends much more loses the line
     */
    List<Fetched> fetch(Collection<Long> uids, long size) throws MessagingException {
        return fetch(set(uids), "UID INTERNALDATE BODY.PEEK[]", most(size), answer -> {
                    var uid = answer.getItem(UID.class);
                    var bytes = bytes(answer);
                    return uid == null || bytes == null ? null : new Fetched(uid.uid, bytes, date(answer));
                })
                .stream()
                .filter(mail -> uids.contains(mail.uid()))
                .toList();
    }

    /** A piece of a mail; empty behind its end, absent when the server gives none or another. */
    Optional<byte[]> piece(long uid, long offset, int length) throws MessagingException {
        return part(uid, "BODY.PEEK[]<" + offset + "." + length + ">", offset, most(length));
    }

    /** The head of a mail, if the server gives it. */
    Optional<byte[]> head(long uid) throws MessagingException {
        return part(uid, "BODY.PEEK[HEADER]<0." + LONGEST_HEAD + ">", 0, most(LONGEST_HEAD));
    }

    private Optional<byte[]> part(long uid, String item, long offset, long most) throws MessagingException {
        return fetch(String.valueOf(uid), "UID " + item, most, answer -> {
                    var found = answer.getItem(UID.class);
                    return found == null || found.uid != uid || !beginsAt(offset, answer) ? null : bytes(answer);
                })
                .stream()
                .findFirst();
    }

    /** A server that knows no pieces sends the whole again and again. */
    private static boolean beginsAt(long offset, FetchResponse answer) {
        var body = answer.getItem(BODY.class);
        return offset == 0 || body != null && body.getOrigin() == offset;
    }

    private static byte @Nullable [] bytes(FetchResponse answer) {
        var body = answer.getItem(BODY.class);
        return body == null || body.getByteArray() == null
                ? null
                : body.getByteArray().getNewBytes();
    }

    private static @Nullable Instant date(FetchResponse answer) {
        var date = answer.getItem(INTERNALDATE.class);
        return date == null || date.getDate() == null ? null : date.getDate().toInstant();
    }

    private static String set(Collection<Long> uids) {
        return uids.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private interface Reading<T> {
        @Nullable
        T of(FetchResponse answer);
    }

    private <T> List<T> fetch(String uids, String items, long most, Reading<T> reading) throws MessagingException {
        var found = new ArrayList<T>();
        folder.doCommand(protocol -> {
            ((BoundedStore.Line) protocol).expect(most);
            for (var response : ask(protocol, "UID FETCH " + uids + " (" + items + ")")) {
                if (response instanceof FetchResponse answer) {
                    var read = reading.of(answer);
                    if (read != null) {
                        found.add(read);
                    }
                }
            }
            return null;
        });
        return found;
    }

    /** Where another folder stands, without opening it; empty when there is none of that name. */
    Optional<Standing> standing(String other) throws MessagingException {
        var wanted = abilities.modificationSequences()
                ? new String[] {"UIDVALIDITY", "UIDNEXT", "HIGHESTMODSEQ"}
                : new String[] {"UIDVALIDITY", "UIDNEXT"};
        try {
            var status = (org.eclipse.angus.mail.imap.protocol.Status)
                    folder.doCommand(protocol -> protocol.status(other, wanted));
            return Optional.of(new Standing(status.uidvalidity, status.uidnext, Math.max(status.highestmodseq, 0)));
        } catch (MessagingException e) {
            if (refused(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Whether the server heard the command and said no; the line is as good as before. */
    static boolean refused(MessagingException failure) {
        return failure.getCause() instanceof CommandFailedException
                || failure.getCause() instanceof BadCommandException;
    }

    /** Asks about the folder, unless the server has numbered it anew meanwhile: then another line begins. */
    private Response[] ask(IMAPProtocol protocol, String text) throws ProtocolException {
        var responses = command(protocol, text);
        var named = ((BoundedStore.Line) protocol).validity();
        if (named != 0 && named != validity) {
            throw new ConnectionException("The folder was numbered anew.");
        }
        return responses;
    }

    static Response[] command(IMAPProtocol protocol, String text) throws ProtocolException {
        var responses = protocol.command(text, null);
        protocol.notifyResponseHandlers(responses);
        protocol.handleResult(responses[responses.length - 1]);
        return responses;
    }

    /** Waits until something happens in the folder, at most {@code longest}; servers without IDLE are simply waited for. */
    void await(Duration longest) throws MessagingException {
        if (!abilities.idle()) {
            rest(longest);
            return;
        }
        var over = new AtomicBoolean();
        var alarm = Thread.ofVirtual().start(() -> wakeAfter(longest, over));
        try {
            folder.idle(true);
        } finally {
            over.set(true);
            alarm.interrupt();
        }
    }

    private void wakeAfter(Duration pause, AtomicBoolean over) {
        try {
            Thread.sleep(pause);
            if (!over.get()) {
                wake();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Any command from elsewhere ends IDLE. */
    void wake() {
        try {
            folder.getMessageCount();
        } catch (MessagingException | IllegalStateException _) {
            return; // the waiting thread meets the same trouble and tells it
        }
    }

    private static void rest(Duration pause) throws MessagingException {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MessagingException("interrupted", e);
        }
    }

    @Override
    public void close() throws MessagingException {
        if (folder.isOpen()) {
            folder.close(false);
        }
    }
}
