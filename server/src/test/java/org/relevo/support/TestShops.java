package org.relevo.support;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.relevo.access.PartyKind;
import org.relevo.access.Role;
import org.relevo.access.Roster;
import org.relevo.access.TeamId;
import org.relevo.access.Tokens;
import org.relevo.access.Workspaces;
import org.relevo.channels.email.MailServer;
import org.relevo.channels.email.Mailboxes;
import org.relevo.demonstration.mail.PostOffice;
import org.relevo.platform.RelevoOrigins;
import org.relevo.platform.Uuid7;
import org.relevo.platform.Workspace;
import org.relevo.platform.WorkspaceId;
import org.springframework.boot.test.context.TestComponent;
import tools.jackson.databind.json.JsonMapper;

/** Opens shops: each a workspace of its own with an owner, a token and, if wanted, a mailbox at a real mail server. */
@TestComponent
public class TestShops implements AutoCloseable {

    static {
        // The mail server's IMAP part can break off a connection that fetches while a mail is being taken in. That is
        // no failure
        // of a test: RELEVO connects again, as it must with any server.
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
    }

    public static final String PASSWORD = "correct horse battery";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Workspaces workspaces;
    private final Tokens tokens;
    private final Mailboxes mailboxes;
    private final Roster roster;
    private final RelevoOrigins origins;
    private final JsonMapper json;
    private @Nullable PostOffice office;

    TestShops(
            Workspaces workspaces,
            Tokens tokens,
            Mailboxes mailboxes,
            Roster roster,
            RelevoOrigins origins,
            JsonMapper json) {
        this.workspaces = workspaces;
        this.tokens = tokens;
        this.mailboxes = mailboxes;
        this.roster = roster;
        this.origins = origins;
        this.json = json;
    }

    /** A new shop with an owner, without a mailbox. */
    public TestShop open() {
        var shop = openBeforeSetUp();
        Workspace.run(shop.id(), workspaces::finishSetUp);
        return shop;
    }

    /** A new shop whose owner has not finished the wizard. */
    public TestShop openBeforeSetUp() {
        var number = NUMBER.incrementAndGet();
        var id = new WorkspaceId(Uuid7.next());
        var domain = "shop" + number + ".example";
        var founder = new Workspaces.Founder("Olga Owner", "owner@" + domain, PASSWORD, "en");
        var token = Workspace.call(id, () -> {
            workspaces.found(id, "Shop " + number, "Europe/Madrid", founder, false);
            return tokens.create("tests", null).secret();
        });
        return new TestShop(id, domain, token, origins.desk(), json);
    }

    /** A new shop whose mailbox {@code hello@} is read and answered from at {@link #office()}. */
    public TestShop openWithMailbox() {
        var shop = open();
        connect(shop, "hello@" + shop.domain(), null);
        return shop;
    }

    /** Connects one more mailbox of the office to {@code shop}. */
    public void connect(TestShop shop, String address, @Nullable TeamId team) {
        var post = office();
        post.createAccount(address, PASSWORD);
        Workspace.run(
                shop.id(),
                () -> mailboxes.put(new Mailboxes.Settings(
                        address,
                        "Shop",
                        new MailServer("127.0.0.1", post.imapPort(), MailServer.Security.NONE),
                        new MailServer("127.0.0.1", post.smtpPort(), MailServer.Security.NONE),
                        address,
                        PASSWORD,
                        team == null ? null : team.value(),
                        3650,
                        true)));
    }

    /** Somebody who works for {@code shop}; signs in with {@link #PASSWORD}. */
    public TestPerson hire(TestShop shop, String name, Role role, PartyKind kind, String party, List<TeamId> teams) {
        return Workspace.call(shop.id(), () -> {
            var email = name.toLowerCase(java.util.Locale.ROOT).replace(' ', '.') + "@" + shop.domain();
            var employer = workspaces.party(kind, party);
            var id = workspaces.join(
                    new Workspaces.Member(name, email, roster.hash(PASSWORD), "en", role, employer, teams));
            return new TestPerson(id, email, roster.staff(id));
        });
    }

    /** The mail server that all test shops share. */
    public synchronized PostOffice office() {
        if (office == null) {
            try {
                office = PostOffice.open(Files.createTempDirectory("relevo-post"), 0, 0, _ -> PASSWORD);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        return office;
    }

    @Override
    public synchronized void close() {
        if (office != null) {
            office.close();
        }
    }
}
