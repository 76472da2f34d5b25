package org.relevo.channels.email.sending;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.relevo.channels.MailboxId;
import org.relevo.platform.ProblemException;
import org.relevo.platform.Uuid7;
import org.relevo.platform.Workspace;
import org.relevo.platform.events.Event;
import org.relevo.platform.events.Events;
import org.relevo.tickets.Recipients;
import org.relevo.tickets.VariableText;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The senders of each mailbox of the running workspace (table {@code channels.senders}). */
@Service
@Transactional
public class Senders {

    private static final String COLUMNS = """
            select id, mailbox_id, address, name, signature, usual from channels.senders
            where workspace_id = platform.current_workspace()
            """;

    /** What a person says about a sender. */
    public record Settings(String address, String name, String signature, boolean usual) {

        /** @throws ProblemException {@code invalid-request} if the address is none or the signature names what is not there */
        public Settings {
            address = Recipients.only(address).to().getFirst().toLowerCase(Locale.ROOT);
            name = HeaderText.of(name).value();
            signature = signature.stripTrailing();
            VariableText.of(signature, "/signature");
        }
    }

    private final JdbcClient jdbc;
    private final Events events;
    private final Clock clock;

    Senders(JdbcClient jdbc, Events events, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /** Every address that the workspace sends from. */
    @Transactional(readOnly = true)
    public List<String> addresses() {
        return jdbc.sql(
                        "select distinct address from channels.senders where workspace_id = platform.current_workspace()")
                .query((row, _) -> row.getString("address"))
                .list();
    }

    /** The mailbox's senders, the usual one first. */
    @Transactional(readOnly = true)
    public List<Sender> of(MailboxId mailbox) {
        return jdbc.sql(COLUMNS + " and mailbox_id = :mailbox order by usual desc, created_at, id")
                .param("mailbox", mailbox.value())
                .query(Senders::sender)
                .list();
    }

    /**
     * As whom a reply goes: the one that its writer chose, else the one that the customer wrote to, else the usual one;
     * empty for the mailbox itself.
     *
     * @throws ProblemException {@code invalid-request} if the mailbox has no sender {@code chosen}
     */
    @Transactional(readOnly = true)
    public Optional<Sender> choose(MailboxId mailbox, @Nullable UUID chosen, List<String> addressed) {
        var all = of(mailbox);
        if (chosen != null) {
            return Optional.of(all.stream()
                    .filter(sender -> sender.id().equals(chosen))
                    .findFirst()
                    .orElseThrow(() -> ProblemException.invalid("/senderId", "field.sender-unknown")));
        }
        return all.stream()
                .filter(sender -> addressed.stream().anyMatch(sender.address()::equalsIgnoreCase))
                .findFirst()
                .or(() -> all.stream().filter(Sender::usual).findFirst());
    }

    /**
     * Adds a sender to a mailbox, or changes one.
     *
     * @param known the sender to change; absent to add one
     * @throws ProblemException {@code not-found} if there is no such mailbox or sender
     */
    public Sender save(MailboxId mailbox, @Nullable UUID known, Settings settings) {
        if (known != null
                && of(mailbox).stream().noneMatch(sender -> sender.id().equals(known))) {
            throw ProblemException.notFound();
        }
        if (settings.usual()) {
            jdbc.sql("""
                    update channels.senders set usual = false
                    where workspace_id = platform.current_workspace() and mailbox_id = :mailbox
                    """).param("mailbox", mailbox.value()).update();
        }
        var id = known == null ? Uuid7.next() : known;
        if (write(mailbox, id, settings) == 0) {
            throw ProblemException.notFound();
        }
        events.append(Event.about("mailbox", mailbox.value()));
        return new Sender(id, mailbox, settings.address(), settings.name(), settings.signature(), settings.usual());
    }

    private int write(MailboxId mailbox, UUID id, Settings settings) {
        try {
            return jdbc.sql("""
                    insert into channels.senders (id, workspace_id, mailbox_id, address, name, signature, usual, created_at)
                    select :id, :workspace, m.id, :address, :name, :signature, :usual, :now from channels.mailboxes m
                    where m.workspace_id = platform.current_workspace() and m.id = :mailbox and m.removed_at is null
                    on conflict (id) do update set address = excluded.address, name = excluded.name,
                      signature = excluded.signature, usual = excluded.usual
                    """)
                    .param("id", id)
                    .param("workspace", Workspace.required().value())
                    .param("mailbox", mailbox.value())
                    .param("address", settings.address())
                    .param("name", settings.name())
                    .param("signature", settings.signature())
                    .param("usual", settings.usual())
                    .param("now", Timestamp.from(clock.instant()))
                    .update();
        } catch (DuplicateKeyException e) {
            throw ProblemException.invalid("/name", "field.name-taken", settings.name());
        }
    }

    /** Takes a sender away; what it sent stays as it was. */
    public void remove(MailboxId mailbox, UUID id) {
        var removed =
                jdbc.sql("""
                delete from channels.senders
                where workspace_id = platform.current_workspace() and mailbox_id = :mailbox and id = :id
                """).param("mailbox", mailbox.value()).param("id", id).update();
        if (removed == 0) {
            throw ProblemException.notFound();
        }
        events.append(Event.about("mailbox", mailbox.value()));
    }

    private static Sender sender(ResultSet row, int number) throws SQLException {
        return new Sender(
                row.getObject("id", UUID.class),
                new MailboxId(row.getObject("mailbox_id", UUID.class)),
                row.getString("address"),
                row.getString("name"),
                row.getString("signature"),
                row.getBoolean("usual"));
    }
}
