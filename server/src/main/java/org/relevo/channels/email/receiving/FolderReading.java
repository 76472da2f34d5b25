package org.relevo.channels.email.receiving;

import jakarta.mail.MessagingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.relevo.channels.MailboxId;
import org.relevo.channels.email.Mailbox;
import org.relevo.channels.email.MailboxTable;
import org.relevo.channels.email.receiving.FolderTable.Cursor;
import org.relevo.channels.email.receiving.ImapFolder.Fetched;
import org.relevo.channels.email.receiving.ImapFolder.Listed;
import org.relevo.channels.inbound.Arrival;
import org.relevo.channels.inbound.InboundState;
import org.relevo.channels.inbound.InboundStore;
import org.relevo.channels.inbound.InboundWorkers;
import org.relevo.channels.inbound.Place;
import org.relevo.platform.Reason;
import org.relevo.platform.Workspace;
import org.relevo.platform.blobs.BlobStore;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads a folder: everything after the cursor is stored raw, then the cursor moves. Nothing depends on \Seen and nothing at
 * the server is changed. A mail that is listed and not given, or that breaks the line whenever it is asked for, is noted,
 * passed over and asked for again; after some tries it becomes a quarantined item.
 */
@Component
class FolderReading {

    private static final int LISTED_AT_ONCE = 500;
    private static final int MOST_AT_ONCE = 100;
    private static final long BYTES_AT_ONCE = 8L * 1024 * 1024;
    private static final int PIECE = 2 * 1024 * 1024;
    private static final int COPIES = 2; // the library's and ours

    /** How often a mail is asked for before a person is told. */
    private static final int TRIES = 5;

    private record Where(MailboxId mailbox, String folder) {}

    private final MailboxTable mailboxes;
    private final FolderTable folders;
    private final MailboxLog log;
    private final InboundStore inbound;
    private final InboundWorkers workers;
    private final BlobStore blobs;
    private final ReadingBudget budget;
    private final MailLimits limits;
    private final TransactionTemplate transaction;

    /** Up to where mails are fetched one by one, since fetching many broke the line. */
    private final Map<Where, Long> careful = new ConcurrentHashMap<>();

    FolderReading(
            MailboxTable mailboxes,
            FolderTable folders,
            MailboxLog log,
            InboundStore inbound,
            InboundWorkers workers,
            BlobStore blobs,
            ReadingBudget budget,
            MailLimits limits,
            TransactionTemplate transaction) {
        this.mailboxes = mailboxes;
        this.folders = folders;
        this.log = log;
        this.inbound = inbound;
        this.workers = workers;
        this.blobs = blobs;
        this.budget = budget;
        this.limits = limits;
        this.transaction = transaction;
    }

    /** Fetches what stands after the cursor; whether there was anything. */
    boolean catchUp(Mailbox mailbox, ImapFolder folder) throws MessagingException {
        var cursor = cursor(mailbox, folder);
        var uids = folder.after(cursor.lastUid());
        if (uids.length == 0) {
            return false;
        }
        take(mailbox, folder, cursor, uids, true);
        folders.behind(mailbox.id(), folder.name(), 0, null);
        return true;
    }

    /** Notes that nothing has come as long as the server's modification sequence stands there. */
    void upToDate(Mailbox mailbox, ImapFolder.Standing standing, String folder) {
        folders.upToDate(mailbox.id(), folder, standing.highestModSeq());
    }

    /** Whether a look into the folder is worth it: something came, or there is something to ask for again. */
    boolean worthALook(Mailbox mailbox, String folder, ImapFolder.Standing standing) {
        var known = folders.cursor(mailbox.id(), folder);
        return known.isEmpty()
                || known.get().uidValidity() != standing.uidValidity()
                || (standing.highestModSeq() == 0
                        ? standing.uidNext() > known.get().lastUid() + 1
                        : standing.highestModSeq() != known.get().highestModSeq())
                || !folders.missing(mailbox.id(), folder, true).isEmpty();
    }

    /** Asks again for what was listed and not given, as far as its time has come. */
    void askAgain(Mailbox mailbox, ImapFolder folder) throws MessagingException {
        for (var missing : folders.missing(mailbox.id(), folder.name(), true)) {
            if (missing.place().uidValidity() == folder.uidValidity()) {
                askAgain(mailbox, folder, missing.place());
            } else {
                lookUnderNewNumber(mailbox, folder, missing.place());
            }
        }
    }

    private void askAgain(Mailbox mailbox, ImapFolder folder, Place place) throws MessagingException {
        var tries = folders.missing(mailbox.id(), place).tries(); // counted before: it may break the line
        if (tries > TRIES + 1) {
            quarantine(mailbox, place, new Listed(place.uid(), 0, null), new byte[0], "inbound.not-given", null);
            folders.forget(mailbox.id(), place);
            return; // even its head or its size broke the line
        }
        var listed = folder.list(List.of(place.uid()));
        if (listed.isEmpty()) {
            folders.forget(mailbox.id(), place);
        } else if (listed.getFirst().size() > limits.largest().toBytes()) {
            quarantine(mailbox, place, listed.getFirst(), head(folder, place.uid()), "inbound.too-large", null);
            folders.forget(mailbox.id(), place);
        } else if (tries > TRIES) {
            quarantine(mailbox, place, listed.getFirst(), head(folder, place.uid()), "inbound.not-given", null);
            folders.forget(mailbox.id(), place);
        } else {
            var arrival = arrival(mailbox, folder, place, listed.getFirst());
            if (arrival.isPresent()) {
                keep(mailbox, List.of(arrival.get()), folder.name(), null);
                folders.forget(mailbox.id(), place);
            }
        }
    }

    /**
     * The folder was numbered anew since: the mail was listed again under another UID, and is told by when it came and how
     * large it is. What cannot be told says so.
     */
    private void lookUnderNewNumber(Mailbox mailbox, ImapFolder folder, Place place) {
        var validity = folder.uidValidity();
        transaction.executeWithoutResult(_ -> {
            folders.forget(mailbox.id(), place);
            var other = inbound.under(mailbox.id().value(), place, validity);
            if (other.isEmpty()) {
                inbound.remark(mailbox.id().value(), place, "inbound.numbered-anew");
                return;
            }
            inbound.superseded(mailbox.id().value(), place, other.get());
            if (other.get().state() == InboundState.QUARANTINED) {
                folders.askAgain(
                        mailbox.id(), Objects.requireNonNull(other.get().place()));
            }
        });
        mailboxes.tell(mailbox.id());
    }

    /**
     * Compares the folder with what is stored and fetches what lacks.
     *
     * @return how many mails it found
     */
    int sweep(Mailbox mailbox, ImapFolder folder) throws MessagingException {
        var cursor = cursor(mailbox, folder);
        var listed = folder.after(cursor.firstUid());
        var noted = folders.missing(mailbox.id(), folder.name(), false).stream()
                .map(missing -> missing.place().uid())
                .collect(Collectors.toSet());
        var lacking = LongStream.of(Sweep.lacking(listed, stored(mailbox, folder)))
                .filter(uid -> uid <= cursor.lastUid() && !noted.contains(uid))
                .toArray();
        take(mailbox, folder, cursor, lacking, false);
        var found = lacking.length == 0 ? 0 : lacking.length - Sweep.lacking(lacking, stored(mailbox, folder)).length;
        folders.swept(
                mailbox.id(), folder.name(), Sweep.count(listed, stored(mailbox, folder), shown(mailbox, folder)));
        if (found > 0) {
            log.note(mailbox.id(), "mail.log.sweep-found", String.valueOf(found), folder.name());
        }
        return found;
    }

    private long[] stored(Mailbox mailbox, ImapFolder folder) {
        var validity = folder.uidValidity();
        return transaction.execute(_ -> inbound.stored(mailbox.id().value(), folder.name(), validity));
    }

    private long[] shown(Mailbox mailbox, ImapFolder folder) {
        var validity = folder.uidValidity();
        return transaction.execute(_ -> inbound.shown(mailbox.id().value(), folder.name(), validity));
    }

    /** Where to go on. After a change of UIDVALIDITY everything is listed again; what we have is recognised by content. */
    private Cursor cursor(Mailbox mailbox, ImapFolder folder) throws MessagingException {
        var validity = folder.uidValidity();
        var known = folders.cursor(mailbox.id(), folder.name());
        if (known.isPresent() && known.get().uidValidity() == validity) {
            return known.get();
        }
        var first = folder.before(mailboxes.readFrom(mailbox.id()));
        var fresh = new Cursor(validity, first, first, 0);
        folders.begin(mailbox.id(), folder.name(), fresh);
        if (known.isPresent()) {
            log.trouble(mailbox.id(), Reason.of("mail.log.numbered-anew", folder.name()));
        }
        return fresh;
    }

    private void take(Mailbox mailbox, ImapFolder folder, Cursor cursor, long[] uids, boolean advance)
            throws MessagingException {
        for (var chunk : chunks(uids, careful.getOrDefault(where(mailbox, folder), 0L))) {
            try {
                var listed = folder.list(chunk);
                if (advance && uids.length > MOST_AT_ONCE && !listed.isEmpty()) {
                    var left = LongStream.of(uids)
                            .filter(uid -> uid >= chunk.getFirst())
                            .count();
                    folders.behind(
                            mailbox.id(), folder.name(), left, listed.getFirst().internalDate());
                }
                for (var batch : batches(listed)) {
                    take(
                            mailbox,
                            folder,
                            batch,
                            advance ? cursor.at(batch.getLast().uid()) : null);
                }
            } catch (MessagingException e) {
                lineBroke(mailbox, folder, chunk, cursor, advance);
                throw e;
            }
            if (advance) {
                keep(mailbox, List.of(), folder.name(), cursor.at(chunk.getLast())); // the last may have been deleted
            }
        }
    }

    /** UIDs that are listed together; alone where a line broke before. */
    private static List<List<Long>> chunks(long[] uids, long careful) {
        var chunks = new ArrayList<List<Long>>();
        var chunk = new ArrayList<Long>();
        for (var uid : uids) {
            chunk.add(uid);
            if (uid <= careful || chunk.size() == LISTED_AT_ONCE) {
                chunks.add(List.copyOf(chunk));
                chunk.clear();
            }
        }
        if (!chunk.isEmpty()) {
            chunks.add(List.copyOf(chunk));
        }
        return chunks;
    }

    /**
     * The line broke over these mails: next time each is asked for alone. One that breaks it alone is passed over and asked
     * for again when all others are here.
     */
    private void lineBroke(Mailbox mailbox, ImapFolder folder, List<Long> uids, Cursor cursor, boolean advance) {
        careful.merge(where(mailbox, folder), uids.getLast(), Math::max);
        if (uids.size() > 1) {
            return;
        }
        var place = new Place(folder.name(), cursor.uidValidity(), uids.getFirst());
        folders.missing(mailbox.id(), place);
        if (advance) {
            keep(mailbox, List.of(), folder.name(), cursor.at(place.uid()));
        }
    }

    private static Where where(Mailbox mailbox, ImapFolder folder) {
        return new Where(mailbox.id(), folder.name());
    }

    /** Mails that are fetched together: few enough, small enough. */
    private static List<List<Listed>> batches(List<Listed> mails) {
        var batches = new ArrayList<List<Listed>>();
        var batch = new ArrayList<Listed>();
        long bytes = 0;
        for (var mail : mails) {
            var full = batch.size() == MOST_AT_ONCE || bytes + mail.size() > BYTES_AT_ONCE;
            if (!batch.isEmpty() && full) {
                batches.add(List.copyOf(batch));
                batch.clear();
                bytes = 0;
            }
            batch.add(mail);
            bytes += mail.size();
        }
        if (!batch.isEmpty()) {
            batches.add(List.copyOf(batch));
        }
        return batches;
    }

    private void take(Mailbox mailbox, ImapFolder folder, List<Listed> batch, @Nullable Cursor next)
            throws MessagingException {
        if (batch.size() == 1) {
            takeOne(mailbox, folder, batch.getFirst(), next);
        } else {
            takeMany(mailbox, folder, batch, next);
        }
    }

    private void takeMany(Mailbox mailbox, ImapFolder folder, List<Listed> batch, @Nullable Cursor next)
            throws MessagingException {
        var bytes = batch.stream().mapToLong(Listed::size).sum();
        try (var _ = budget.take(ImapFolder.most(bytes) * COPIES)) {
            var fetched = folder.fetch(batch.stream().map(Listed::uid).toList(), bytes);
            note(mailbox, folder, batch, fetched);
            keep(mailbox, arrivals(mailbox, folder, fetched), folder.name(), next);
        } catch (MessagingException e) {
            if (!ImapFolder.refused(e)) {
                throw e;
            }
            for (var mail : batch) { // one of them made the server say no
                takeOne(mailbox, folder, mail, next == null ? null : next.at(mail.uid()));
            }
        }
    }

    private List<Arrival> arrivals(Mailbox mailbox, ImapFolder folder, List<Fetched> mails) {
        var names = blobs.keepAll(mails.stream().map(Fetched::raw).toList());
        var arrivals = new ArrayList<Arrival>();
        for (int index = 0; index < mails.size(); index++) {
            var mail = mails.get(index);
            var place = new Place(folder.name(), folder.uidValidity(), mail.uid());
            arrivals.add(
                    new Arrival(mailbox.id().value(), place, names.get(index), mail.raw().length, mail.internalDate()));
        }
        return arrivals;
    }

    /** Notes those that are listed still and were not given. */
    private void note(Mailbox mailbox, ImapFolder folder, List<Listed> wanted, List<Fetched> given)
            throws MessagingException {
        var got = given.stream().map(Fetched::uid).collect(Collectors.toSet());
        var lacking = wanted.stream()
                .map(Listed::uid)
                .filter(uid -> !got.contains(uid))
                .toList();
        if (lacking.isEmpty()) {
            return;
        }
        for (var mail : folder.list(lacking)) {
            folders.missing(mailbox.id(), new Place(folder.name(), folder.uidValidity(), mail.uid()));
        }
    }

    private void takeOne(Mailbox mailbox, ImapFolder folder, Listed mail, @Nullable Cursor next)
            throws MessagingException {
        var place = new Place(folder.name(), folder.uidValidity(), mail.uid());
        if (mail.size() > limits.largest().toBytes()) {
            quarantine(mailbox, place, mail, head(folder, mail.uid()), "inbound.too-large", next);
            return;
        }
        var arrival = arrival(mailbox, folder, place, mail);
        if (arrival.isPresent()) {
            keep(mailbox, List.of(arrival.get()), folder.name(), next);
            forgetIfCareful(mailbox, folder, place);
        } else {
            note(mailbox, folder, List.of(mail), List.of());
            keep(mailbox, List.of(), folder.name(), next);
        }
    }

    private void forgetIfCareful(Mailbox mailbox, ImapFolder folder, Place place) {
        if (place.uid() <= careful.getOrDefault(where(mailbox, folder), 0L)) {
            folders.forget(mailbox.id(), place);
        }
    }

    /** A mail, fetched in pieces straight to the disk: no mail is held in memory whole. */
    private Optional<Arrival> arrival(Mailbox mailbox, ImapFolder folder, Place place, Listed mail)
            throws MessagingException {
        try (var _ = budget.take(ImapFolder.most(PIECE) * COPIES);
                var writing = blobs.begin()) {
            if (!write(folder, mail, writing)) {
                return Optional.empty();
            }
            return Optional.of(
                    new Arrival(mailbox.id().value(), place, writing.keep(), writing.size(), mail.internalDate()));
        } catch (MessagingException e) {
            if (ImapFolder.refused(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Whether the mail is written whole: up to a piece that is empty, or a short one where its size is reached. */
    private boolean write(ImapFolder folder, Listed mail, BlobStore.Writing writing) throws MessagingException {
        while (writing.size() <= limits.largest().toBytes()) { // it may be larger than its server said
            var before = writing.size();
            var piece = folder.piece(mail.uid(), before, PIECE);
            if (piece.isEmpty()) {
                return before > 0 && before % PIECE > 0; // some say nothing behind the end
            }
            writing.write(piece.get());
            if (piece.get().length == 0 || piece.get().length < PIECE && writing.size() >= mail.size()) {
                return writing.size() > 0;
            }
        }
        return false;
    }

    /** Shows a mail that cannot be had, with its head if the server gave that. */
    private void quarantine(
            Mailbox mailbox, Place place, Listed mail, byte[] known, String problem, @Nullable Cursor next) {
        var head = blobs.keep(known);
        transaction.executeWithoutResult(_ -> {
            inbound.quarantine(
                    new Arrival(mailbox.id().value(), place, head, mail.size(), mail.internalDate()), problem);
            if (next != null) {
                folders.move(mailbox.id(), place.folder(), next);
            }
            log.trouble(mailbox.id(), Reason.of("mail.log.quarantined", place.folder(), String.valueOf(place.uid())));
            mailboxes.tell(mailbox.id());
        });
    }

    private static byte[] head(ImapFolder folder, long uid) throws MessagingException {
        try {
            return folder.head(uid).orElse(new byte[0]);
        } catch (MessagingException e) {
            if (ImapFolder.refused(e)) {
                return new byte[0];
            }
            throw e;
        }
    }

    /** The blobs are on the disk; now their rows and the cursor, in one transaction; then a hint. */
    private void keep(Mailbox mailbox, List<Arrival> arrivals, String folder, @Nullable Cursor next) {
        transaction.executeWithoutResult(_ -> {
            arrivals.forEach(inbound::add);
            if (next != null) {
                folders.move(mailbox.id(), folder, next);
            }
        });
        if (!arrivals.isEmpty()) {
            workers.hint(Workspace.required());
        }
    }
}
