package org.relevo.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * A shop with as many tickets as wanted and five messages each: 20 000 of them active, the others done over two years; eight
 * teams of the shop and two providers, fifty people, two of them freelancers without a team. Written by COPY as the owner of
 * the tables, the same rows for the same number of tickets.
 */
final class InboxWorld {

    private static final int AGENTS = 50;
    private static final int FREELANCERS = 2;
    private static final int ACTIVE = 20_000;
    private static final int CUSTOMERS_IN_TEN = 3;
    private static final long SPAN = Duration.ofDays(730).toMillis();
    private static final String[] DONE = {"solved", "solved", "closed", "closed", "closed"};
    private static final String[] WAITING = {"new", "open", "open", "pending", "on-hold"};
    private static final String[] TAGS = {"delivery", "return", "invoice", "damaged", "size", "vip", "payment", "gift"};
    private static final String[] WORDS = words();

    /** Somebody who works, and the cookie of their session. */
    record Agent(UUID id, UUID team, String cookie) {}

    private record Place(UUID party, UUID team) {}

    private final Connection database;
    private final UUID workspace;
    private final long now = Instant.now().toEpochMilli();
    private final List<Place> places = new ArrayList<>();
    private final List<UUID> agents = new ArrayList<>();

    private InboxWorld(Connection database, UUID workspace) {
        this.database = database;
        this.workspace = workspace;
    }

    static void build(Connection database, int tickets) throws SQLException, IOException {
        var world = new InboxWorld(database, one(database, "select id from access.workspaces"));
        execute(database, "set session_replication_role = replica"); // rows are right by construction
        execute(database, "set maintenance_work_mem = '512MB'");
        world.people();
        var indexes = world.dropIndexes();
        world.customers(tickets * CUSTOMERS_IN_TEN / 10);
        world.tickets(tickets);
        world.messages(tickets);
        world.timeline(tickets);
        for (var index : indexes) {
            execute(database, index);
        }
        execute(database, "vacuum analyze");
        execute(database, "checkpoint");
    }

    private static String[] words() {
        var syllables = "ba de li mo ru sa te vi no pe ca du fi go la mi ne pu ro su ta vo xi zo".split(" ");
        var random = new SplittableRandom(7);
        var words = new String[6_000];
        for (int index = 0; index < words.length; index++) {
            var word = new StringBuilder();
            for (int part = 0; part < 2 + index % 3; part++) {
                word.append(syllables[random.nextInt(syllables.length)]);
            }
            words[index] = word.toString();
        }
        return words;
    }

    private List<String> dropIndexes() throws SQLException {
        var found = new LinkedHashMap<String, String>();
        try (var statement = database.createStatement();
                var row = statement.executeQuery("""
                        select x.schemaname || '.' || x.indexname, x.indexdef from pg_indexes x
                        where x.schemaname in ('tickets', 'customers', 'orders')
                          and not exists (select 1 from pg_constraint c where c.conname = x.indexname)
                        """)) {
            while (row.next()) {
                found.put(row.getString(1), row.getString(2));
            }
        }
        for (var index : found.keySet()) {
            execute(database, "drop index " + index);
        }
        return List.copyOf(found.values());
    }

    private void people() throws SQLException {
        var shop = one(database, "select id from access.parties");
        place(shop, "Shop", 4);
        place(party("provider", "Contacto Norte"), "Norte", 2);
        place(party("provider", "Atlas Care"), "Atlas", 2);
        var freelance = party("freelancer", "Freelancers");
        for (int number = 0; number < AGENTS; number++) {
            var id = new UUID(0x7000L | (now << 16), 0x8000_0000_0000_0000L | number);
            var free = number >= AGENTS - FREELANCERS;
            var place = places.get(number % places.size());
            execute(
                    database,
                    "insert into access.people (id, email, name, locale, created_at) values ('%s', 'agent%d@shop.example', 'Agent %d', 'en', now())"
                            .formatted(id, number, number));
            execute(
                    database,
                    "insert into access.memberships (workspace_id, person_id, party_id, role, created_at) values ('%s', '%s', '%s', 'agent', now())"
                            .formatted(workspace, id, free ? freelance : place.party()));
            if (!free) {
                execute(
                        database,
                        "insert into access.team_members (workspace_id, team_id, person_id) values ('%s', '%s', '%s')"
                                .formatted(workspace, place.team(), id));
            }
            agents.add(id);
        }
    }

    private UUID party(String kind, String name) throws SQLException {
        return one(
                database,
                "insert into access.parties (id, workspace_id, kind, name) values (gen_random_uuid(), '%s', '%s', '%s') returning id"
                        .formatted(workspace, kind, name));
    }

    private void place(UUID party, String name, int teams) throws SQLException {
        for (int number = 1; number <= teams; number++) {
            var team = one(
                    database,
                    "insert into access.teams (id, workspace_id, party_id, name) values (gen_random_uuid(), '%s', '%s', '%s %d') returning id"
                            .formatted(workspace, party, name, number));
            places.add(new Place(party, team));
        }
    }

    private void customers(int count) throws SQLException, IOException {
        var shop = one(
                database,
                "insert into orders.shops (id, workspace_id, kind, name, created_at) values (gen_random_uuid(), '%s', 'generic', 'Shop', now()) returning id"
                        .formatted(workspace));
        copy(
                "customers.customers (id, workspace_id, name, created_at)",
                count,
                (row, number) -> row.add(id('c', number))
                        .add(workspace)
                        .add(name(number))
                        .add(time(number, count)));
        copy(
                "customers.identities (workspace_id, kind, value, customer_id)",
                count,
                (row, number) ->
                        row.add(workspace).add("email").add(email(number)).add(id('c', number)));
        copy(
                "orders.orders (id, workspace_id, shop_id, external_id, number, number_key, status, placed_at, changed_at, currency,"
                        + " total, customer_name, email_key, email, lines, shipments)",
                count,
                (row, number) -> row.add(id('o', number))
                        .add(workspace)
                        .add(shop)
                        .add(number)
                        .add("AU-" + number)
                        .add("AU" + number)
                        .add("shipped")
                        .add(time(number, count))
                        .add(time(number, count))
                        .add("EUR")
                        .add("49.90")
                        .add(name(number))
                        .add(email(number))
                        .add(email(number))
                        .add(
                                "[{\"name\": \"Lamp\", \"quantity\": 1, \"total\": {\"amount\": \"49.90\", \"currency\": \"EUR\"}}]")
                        .add("[]"));
    }

    /** The newest are the likeliest to be active: one in four among the last 80 000. */
    private static boolean active(int number, int tickets) {
        var wanted = Math.min(ACTIVE, tickets / 2);
        var share = tickets < 4 * wanted ? 2 : 4;
        return number >= tickets - share * wanted && number % share == 0;
    }

    private void tickets(int count) throws SQLException, IOException {
        execute(database, "insert into tickets.counters values ('%s', %d)".formatted(workspace, count + 1_000));
        var customers = count * CUSTOMERS_IN_TEN / 10;
        copy(
                "tickets.tickets (id, workspace_id, number, subject, status, channel, inbox_address, customer_id, customer_email,"
                        + " order_id, assignee_id, team_id, party_id, tags, preview, waiting_since, last_message_at, last_customer_at,"
                        + " created_at, search)",
                count,
                (row, number) -> {
                    var open = active(number, count);
                    var customer = mix(number) % customers;
                    var agent = mix(number + 1) % AGENTS;
                    var free = agent >= AGENTS - FREELANCERS;
                    var rare =
                            free && mix(number + 3) % 500 != 0; // freelancers have a few tickets, not a fiftieth of all
                    var taken = !rare && (!open || mix(number + 2) % 10 >= 3);
                    var place = places.get(taken && !free ? agent % places.size() : mix(number + 5) % places.size());
                    var status = open ? WAITING[mix(number + 4) % WAITING.length] : DONE[mix(number + 4) % DONE.length];
                    var last = time(number, count).plusSeconds(3_600L * (1 + mix(number + 6) % 100));
                    last = last.isAfter(Instant.ofEpochMilli(now))
                            ? Instant.ofEpochMilli(now - mix(number + 6) % 3_600_000)
                            : last;
                    var subject = text(number, 5);
                    row.add(id('t', number))
                            .add(workspace)
                            .add(number + 1_001)
                            .add(subject)
                            .add(status)
                            .add("email")
                            .add("hello@shop.example")
                            .add(id('c', customer))
                            .add(email(customer))
                            .add(number % 5 < 3 ? id('o', customer) : null)
                            .add(taken ? agents.get(agent) : null)
                            .add(taken && free ? null : place.team())
                            .add(taken && free ? null : place.party())
                            .add(mix(number + 7) % 3 == 0 ? "{" + TAGS[number % TAGS.length] + "}" : "{}")
                            .add(text(number + 11, 14))
                            .add(open ? last : null)
                            .add(last)
                            .add(last)
                            .add(time(number, count))
                            .add(lexemes(subject + " " + name(customer).toLowerCase(java.util.Locale.ROOT) + " au"
                                    + customer + " " + (number + 1_001) + " " + text(number + 13, 45)));
                });
        execute(database, """
                insert into tickets.reads (workspace_id, person_id, ticket_id, at)
                select workspace_id, assignee_id, id, last_message_at - make_interval(hours => (number %% 3)::int - 1)
                from tickets.tickets where assignee_id is not null and (stage <> 'done' or number %% 10 = 0)
                """.replace("%%", "%"));
    }

    private void messages(int tickets) throws SQLException, IOException {
        copy(
                "tickets.messages (id, workspace_id, ticket_id, kind, text, from_address, to_addresses, delivery, delivery_at)",
                tickets * 5,
                (row, number) -> {
                    var reply = number % 5 == 1 || number % 5 == 3;
                    var ticket = number / 5;
                    row.add(id('m', number))
                            .add(workspace)
                            .add(id('t', ticket))
                            .add(reply ? "reply" : number % 5 == 4 ? "note" : "received")
                            .add(text(number, 60))
                            .add("someone@mail.example")
                            .add("{hello@shop.example}")
                            .add(reply ? "sent" : null)
                            .add(reply ? time(ticket, tickets) : null);
                });
    }

    /** Seven entries for each ticket: its five messages, an assignment and a change of status. */
    private void timeline(int tickets) throws SQLException, IOException {
        var kinds = new String[] {
            "message-received", "assigned", "reply", "message-received", "reply", "note", "status-changed"
        };
        copy(
                "tickets.timeline (id, workspace_id, ticket_id, at, kind, actor_kind, actor_id, actor_name, actor_party, field,"
                        + " before, after, message_id)",
                tickets * 7,
                (row, number) -> {
                    var ticket = number / 7;
                    var place = number % 7;
                    var kind = kinds[place];
                    var message = switch (place) {
                        case 0 -> 0;
                        case 2 -> 1;
                        case 3 -> 2;
                        case 4 -> 3;
                        case 5 -> 4;
                        default -> -1;
                    };
                    var customer = "message-received".equals(kind);
                    var change = message < 0;
                    row.add(id('e', number))
                            .add(workspace)
                            .add(id('t', ticket))
                            .add(time(ticket, tickets).plusSeconds(600L * place))
                            .add(kind)
                            .add(customer ? "customer" : "person")
                            .add(customer ? null : agents.get(ticket % AGENTS))
                            .add(customer ? null : "Agent")
                            .add(customer ? null : "shop")
                            .add(change ? (place == 1 ? "assignee" : "status") : null)
                            .add(change ? "open" : null)
                            .add(change ? "pending" : null)
                            .add(change ? null : id('m', ticket * 5 + message));
                });
    }

    /** Sessions as a sign-in stores them, for everybody who works. Signing fifty people in one by one would meet the limit. */
    static List<Agent> sessions(Connection database) throws SQLException, IOException {
        var workspace = one(database, "select id from access.workspaces").toString();
        var found = new ArrayList<Agent>();
        execute(database, "delete from access.session");
        try (var statement = database.createStatement();
                var row = statement.executeQuery("""
                        select p.id, (select team_id from access.team_members t where t.person_id = p.id limit 1) as team
                        from access.people p where email like 'agent%' order by p.id
                        """)) {
            while (row.next()) {
                var id = UUID.randomUUID().toString();
                session(database, id, row.getString("id"), workspace);
                var cookie = Base64.getEncoder().encodeToString(id.getBytes(StandardCharsets.US_ASCII));
                found.add(new Agent(
                        row.getObject("id", UUID.class), row.getObject("team", UUID.class), "relevo=" + cookie));
            }
        }
        return found;
    }

    private static void session(Connection database, String id, String person, String workspace)
            throws SQLException, IOException {
        var millis = System.currentTimeMillis();
        execute(
                database,
                "insert into access.session values ('%s', '%s', %d, %d, 43200, %d, null)"
                        .formatted(id, id, millis, millis, millis + 43_200_000));
        try (var insert = database.prepareStatement("insert into access.session_attributes values (?, ?, ?)")) {
            for (var attribute :
                    List.of(new String[] {"relevo.person", person}, new String[] {"relevo.workspace", workspace})) {
                var bytes = new ByteArrayOutputStream();
                try (var stream = new ObjectOutputStream(bytes)) {
                    stream.writeObject(attribute[1]);
                }
                insert.setString(1, id);
                insert.setString(2, attribute[0]);
                insert.setBytes(3, bytes.toByteArray());
                insert.execute();
            }
        }
    }

    private Instant time(int number, int of) {
        return Instant.ofEpochMilli(now - SPAN + (long) (SPAN * (number / (double) of)));
    }

    private UUID id(char kind, int number) {
        return new UUID((now << 16) | 0x7000L | kind, 0x8000_0000_0000_0000L | number);
    }

    private static String name(int customer) {
        return capital(WORDS[customer % 3_001]) + " " + capital(WORDS[mix(customer) % 6_000]);
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    private static String email(int customer) {
        return "customer" + customer + "@mail.example";
    }

    /** Words as languages use them: few very often, most seldom. */
    private static String text(int seed, int words) {
        var random = new SplittableRandom(seed);
        var text = new StringBuilder();
        for (int word = 0; word < words; word++) {
            var skewed = random.nextDouble();
            text.append(word == 0 ? "" : " ").append(WORDS[(int) (skewed * skewed * skewed * WORDS.length)]);
        }
        return text.toString();
    }

    private static String lexemes(String text) {
        var written = new StringBuilder();
        int place = 1;
        for (var word : text.split(" ")) {
            written.append('\'').append(word).append("':").append(place++).append(' ');
        }
        return written.toString();
    }

    private static int mix(int number) {
        var mixed = (number + 0x9E37_79B9L) * 0xBF58_476D_1CE4_E5B9L;
        return (int) ((mixed ^ (mixed >>> 29)) >>> 33);
    }

    private interface Filler {
        void fill(Row row, int number);
    }

    /** One line of COPY's text format. */
    private static final class Row {
        private final StringBuilder line = new StringBuilder(1 << 17);
        private boolean begun;

        Row add(@org.jspecify.annotations.Nullable Object value) {
            line.append(begun ? "\t" : "").append(value == null ? "\\N" : value);
            begun = true;
            return this;
        }
    }

    private void copy(String table, int rows, Filler filler) throws SQLException, IOException {
        System.out.println("writing " + rows + " rows of " + table.substring(0, table.indexOf(' ')));
        CopyIn copy = database.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + table + " from stdin");
        var row = new Row();
        for (int number = 0; number < rows; number++) {
            filler.fill(row, number);
            row.line.append('\n');
            row.begun = false;
            if (row.line.length() > 100_000 || number == rows - 1) {
                var bytes = row.line.toString().getBytes(StandardCharsets.UTF_8);
                copy.writeToCopy(bytes, 0, bytes.length);
                row.line.setLength(0);
            }
        }
        copy.endCopy();
    }

    private static UUID one(Connection database, String sql) throws SQLException {
        try (var statement = database.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getObject(1, UUID.class);
        }
    }

    private static void execute(Connection database, String sql) throws SQLException {
        try (var statement = database.createStatement()) {
            statement.execute(sql);
        }
    }
}
