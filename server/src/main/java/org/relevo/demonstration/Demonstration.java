package org.relevo.demonstration;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.relevo.access.Actor;
import org.relevo.access.PartyKind;
import org.relevo.access.Role;
import org.relevo.access.Roster;
import org.relevo.access.Tokens;
import org.relevo.access.Workspaces;
import org.relevo.channels.MessageIds;
import org.relevo.channels.email.MailServer;
import org.relevo.channels.email.Mailboxes;
import org.relevo.demonstration.mail.PostOffice;
import org.relevo.orders.ConnectShop;
import org.relevo.orders.OrderImports;
import org.relevo.orders.Shops;
import org.relevo.platform.RelevoOrigins;
import org.relevo.platform.StartFailure;
import org.relevo.platform.Uuid7;
import org.relevo.platform.Workspace;
import org.relevo.platform.WorkspaceId;
import org.relevo.platform.database.DataFolder;
import org.relevo.tickets.Desk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tienda Aurora. Its mail server is open before any mailbox is read and closes after; the story is told once, at the first
 * start, and what it needs to be driven from outside is written to {@code run.json} when it is ready.
 */
@Component
@ConditionalOnBooleanProperty("relevo.demonstration.enabled")
class Demonstration implements SmartLifecycle {

    static final String MAILBOX = "hola@tienda-aurora.example";
    private static final String SHOP = "Tienda Aurora";
    private static final String CUSTOMER = "marta.gil@correo.example";
    private static final ZoneId ZONE = ZoneId.of("Europe/Madrid");
    private static final String LOOPBACK = "127.0.0.1";
    private static final int BEFORE_EVERYBODY = Integer.MIN_VALUE + 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(Demonstration.class);

    private final DemonstrationProperties properties;
    private final Path folder;
    private final Path runFile;
    private final Workspaces workspaces;
    private final Roster roster;
    private final Tokens tokens;
    private final Mailboxes mailboxes;
    private final Shops shops;
    private final OrderImports imports;
    private final Desk desk;
    private final MessageIds mails;
    private final RelevoOrigins origins;
    private final JsonMapper json;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final Story story;
    private @Nullable PostOffice office;

    Demonstration(
            DemonstrationProperties properties,
            DataFolder data,
            Workspaces workspaces,
            Roster roster,
            Tokens tokens,
            Mailboxes mailboxes,
            Shops shops,
            OrderImports imports,
            Desk desk,
            MessageIds mails,
            RelevoOrigins origins,
            JsonMapper json,
            Clock clock,
            TransactionTemplate transaction) {
        this.properties = properties;
        this.folder = data.path().resolve("demonstration");
        this.runFile = data.path().resolve("run.json");
        this.workspaces = workspaces;
        this.roster = roster;
        this.tokens = tokens;
        this.mailboxes = mailboxes;
        this.shops = shops;
        this.imports = imports;
        this.desk = desk;
        this.mails = mails;
        this.origins = origins;
        this.json = json;
        this.clock = clock;
        this.transaction = transaction;
        this.story = Story.read(json);
    }

    @Override
    public int getPhase() {
        return BEFORE_EVERYBODY;
    }

    @Override
    public void start() {
        try {
            Files.deleteIfExists(runFile);
            Files.createDirectories(folder);
            var ports = ports();
            var opened = open(ports);
            office = opened;
            opened.createAccount(MAILBOX, properties.password());
            opened.createAccount(CUSTOMER, properties.password());
            remember(opened);
            if (!workspaces.all().isEmpty()) {
                Workspace.run(workspaces.all().getFirst(), () -> mailboxes.put(settings(opened)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PostOffice open(Properties ports) {
        var smtp = port(properties.smtpPort(), ports, "smtp");
        var imap = port(properties.imapPort(), ports, "imap");
        try {
            return PostOffice.open(folder.resolve("mail"), smtp, imap, _ -> properties.password());
        } catch (UncheckedIOException e) {
            if (properties.smtpPort() != 0 || properties.imapPort() != 0) {
                throw new StartFailure("The demonstration's mail ports are taken; choose others or none.", e);
            }
            return PostOffice.open(folder.resolve("mail"), 0, 0, _ -> properties.password());
        }
    }

    private static int port(int wanted, Properties last, String name) {
        return wanted != 0 ? wanted : Integer.parseInt(last.getProperty(name, "0"));
    }

    private Properties ports() throws IOException {
        var ports = new Properties();
        var file = folder.resolve("ports");
        if (Files.exists(file)) {
            try (var reader = Files.newBufferedReader(file)) {
                ports.load(reader);
            }
        }
        return ports;
    }

    private void remember(PostOffice opened) throws IOException {
        Files.writeString(folder.resolve("ports"), "smtp=" + opened.smtpPort() + "\nimap=" + opened.imapPort() + "\n");
    }

    @Override
    public void stop() {
        if (office != null) {
            office.close();
            office = null;
        }
    }

    @Override
    public boolean isRunning() {
        return office != null;
    }

    @EventListener(ApplicationReadyEvent.class)
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void ready() throws IOException, MessagingException {
        var opened = Objects.requireNonNull(office);
        if (!Files.exists(folder.resolve("told"))) {
            var workspace = workspaces.all().stream().findFirst().orElseGet(this::begin);
            Workspace.call(workspace, () -> {
                tell(opened);
                return workspace;
            });
            Files.createFile(folder.resolve("told"));
        }
        Workspace.call(workspaces.all().getFirst(), () -> {
            announce(opened);
            return opened;
        });
    }

    private WorkspaceId begin() {
        var workspace = new WorkspaceId(Uuid7.next());
        var owner = story.people().people().stream()
                .filter(person -> "owner".equals(person.role()))
                .findFirst()
                .orElseThrow();
        Workspace.run(
                workspace,
                () -> transaction.executeWithoutResult(_ -> {
                    var founder =
                            new Workspaces.Founder(owner.name(), owner.email(), properties.password(), owner.locale());
                    workspaces.found(workspace, SHOP, ZONE.getId(), founder, true);
                    workspaces.finishSetUp();
                }));
        return workspace;
    }

    private void tell(PostOffice opened) throws MessagingException {
        LOG.info("Telling the story of {}", SHOP);
        var time = new StoryTime(clock.instant(), ZONE);
        var cast = transaction.execute(_ -> cast());
        if (shops.all().isEmpty()) {
            var shop = shops.connect(new ConnectShop.Generic(SHOP, "https://tienda-aurora.example"));
            var document = new StoryOrders(json, time).document(story.orders());
            var report = imports.run(shop.id(), OrderImports.Format.JSON, document, false);
            if (!report.imported()) {
                throw new IllegalStateException("The story's orders were rejected: " + report.rejected());
            }
        }
        mailboxes.put(settings(opened));
        new StoryTeller(story, time, cast, desk, mails, MAILBOX, opened.smtpPort()).tell();
    }

    private StoryTeller.Cast cast() {
        var parties = story.people().parties().stream()
                .collect(Collectors.toMap(
                        Story.Party::key, party -> workspaces.party(PartyKind.of(party.kind()), party.name())));
        var teams = story.people().teams().stream()
                .collect(Collectors.toMap(
                        Story.Team::key,
                        team -> workspaces.teamNamed(Objects.requireNonNull(parties.get(team.party())), team.name())));
        var hash = roster.hash(properties.password());
        var people = new HashMap<String, Actor.Staff>();
        for (var person : story.people().people()) {
            var id = workspaces.join(new Workspaces.Member(
                    person.name(),
                    person.email(),
                    hash,
                    person.locale(),
                    Role.of(person.role()),
                    Objects.requireNonNull(parties.get(person.party())),
                    person.teams().stream().map(teams::get).toList()));
            people.put(person.key(), roster.staff(id));
        }
        return new StoryTeller.Cast(people, teams);
    }

    private Mailboxes.Settings settings(PostOffice opened) {
        return new Mailboxes.Settings(
                MAILBOX,
                SHOP,
                new MailServer(LOOPBACK, opened.imapPort(), MailServer.Security.NONE),
                new MailServer(LOOPBACK, opened.smtpPort(), MailServer.Security.NONE),
                MAILBOX,
                properties.password(),
                null,
                3650,
                true);
    }

    private void announce(PostOffice opened) throws IOException {
        var password = properties.password();
        var people = story.people().people().stream()
                .map(person -> new RunFile.PersonSignIn(person.email(), password, person.role()))
                .toList();
        var run = new RunFile(
                origins.desk(),
                token(),
                MAILBOX,
                new RunFile.Port(LOOPBACK, opened.smtpPort()),
                new RunFile.Port(LOOPBACK, opened.imapPort()),
                new RunFile.SignIn(CUSTOMER, password),
                people);
        var half = runFile.resolveSibling("run.json.half");
        Files.writeString(half, json.writerWithDefaultPrettyPrinter().writeValueAsString(run));
        print(run);
        Files.move(half, runFile, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void print(RunFile run) {
        System.out.printf("%nDemonstration shop %s%n", SHOP);
        System.out.printf(
                "  Sign in as   lucia@tienda-aurora.example (agent), marcos@… (supervisor), elena@… (owner)%n");
        System.out.printf("  Password     %s%n", properties.password());
        System.out.printf(
                "  Write to     %s by SMTP at %s:%d%n",
                MAILBOX, LOOPBACK, run.smtp().port());
        System.out.printf(
                "  Customer     %s by IMAP at %s:%d, same password%n",
                CUSTOMER, LOOPBACK, run.imap().port());
    }

    private String token() throws IOException {
        var file = folder.resolve("token");
        if (!Files.exists(file)) {
            Files.writeString(file, tokens.create("Demostración", null).secret());
        }
        return Files.readString(file);
    }
}
