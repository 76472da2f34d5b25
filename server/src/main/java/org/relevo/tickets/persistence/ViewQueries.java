package org.relevo.tickets.persistence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.relevo.access.PartyId;
import org.relevo.access.PersonId;
import org.relevo.access.Scope;
import org.relevo.access.TeamId;
import org.relevo.customers.CustomerId;
import org.relevo.orders.OrderId;
import org.relevo.platform.Texts;
import org.relevo.platform.TimeCursor;
import org.relevo.tickets.TicketId;
import org.relevo.tickets.TicketStatus;
import org.relevo.tickets.domain.SearchText;
import org.relevo.tickets.domain.TicketRow;
import org.relevo.tickets.domain.View;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Lists and counts of tickets. Every view reads one index from its cursor on, so that a page costs the same at a hundred
 * tickets and at a million; counts stop at a thousand.
 */
@Repository
public class ViewQueries {

    /** How far counting goes: a badge says "999+" beyond. */
    public static final int COUNTED = 1_000;

    /**
     * What a list is asked for.
     *
     * @param person whose unread marks and whose "mine"; absent for programs
     */
    public record Question(
            View view,
            Scope scope,
            @Nullable PersonId person,
            String query,
            @Nullable TicketStatus status,
            @Nullable String tag,
            @Nullable TimeCursor cursor,
            int limit) {}

    private static final int FEW = 2_000;
    private static final String NEWEST = " order by t.last_message_at desc, t.id desc limit :limit";
    private static final UUID NOBODY = new UUID(0, 0);
    private static final String ROW = """
            select t.id, t.number, t.subject, t.status, t.channel, t.preview, t.last_message_at, t.waiting_since,
                   t.stage <> 'done' and :person::uuid is not null
                     and coalesce(t.last_customer_at > r.at, t.last_customer_at is not null) as unread,
                   t.attachments, t.delivery_failed, t.customer_id, t.customer_email, t.order_id, t.order_reason,
                   t.assignee_id, t.team_id, t.tags, t.created_at, t.inbox_address, t.follow_up_of
            from tickets.tickets t
            left join tickets.reads r
              on r.workspace_id = t.workspace_id and r.person_id = :person::uuid and r.ticket_id = t.id
            where t.workspace_id = platform.current_workspace()
            """;

    private final JdbcClient jdbc;
    private final Texts texts;

    ViewQueries(JdbcClient jdbc, Texts texts) {
        this.jdbc = jdbc;
        this.texts = texts;
    }

    /** One page and one row more if there is one, the newest message first. */
    public List<TicketRow> list(Question question) {
        var values = new HashMap<String, Object>();
        var conditions = new ArrayList<String>();
        narrow(question.view(), question.person(), conditions, values);
        search(question.query(), conditions, values);
        if (question.status() != null) {
            conditions.add("t.status = :status");
            values.put("status", question.status().word());
        }
        if (question.tag() != null) {
            conditions.add(":tag = any(t.tags)");
            values.put("tag", question.tag());
        }
        if (question.cursor() != null) {
            conditions.add("(t.last_message_at, t.id) < (:cursorAt, :cursorId)");
            values.put("cursorAt", Timestamp.from(question.cursor().at()));
            values.put("cursorId", question.cursor().id());
        }
        return jdbc.sql(ROW + within(question.scope(), all(conditions), values) + NEWEST)
                .params(values)
                .param("person", value(question.person()))
                .param("limit", question.limit() + 1)
                .query(this::row)
                .list();
    }

    /**
     * The conditions, within the scope. Those who see only their own get a page of each team and of what is assigned to
     * them, each along its index, and of these the newest: one condition over all of them would walk the whole shop.
     */
    private static String within(Scope scope, String conditions, Map<String, Object> values) {
        if (!(scope instanceof Scope.Own own)) {
            return conditions;
        }
        own(own, values);
        var page = " t.id from tickets.tickets t where t.workspace_id = platform.current_workspace()" + conditions;
        return " and t.id in ((select" + page + " and t.assignee_id = :self" + NEWEST + ")"
                + " union all select x.id from unnest(:ownTeams) as w (id) cross join lateral (select" + page
                + " and t.team_id = w.id" + NEWEST + ") x)";
    }

    /** One ticket as a list would show it, whatever the scope: the caller asks the gate. */
    public Optional<TicketRow> find(TicketId id, @Nullable PersonId person) {
        return jdbc.sql(ROW + " and t.id = :id")
                .param("person", value(person))
                .param("id", id.value())
                .query(this::row)
                .optional();
    }

    /** The customer's other tickets, newest first. */
    public List<TicketRow> ofCustomer(CustomerId customer, TicketId but, Scope scope, int limit) {
        var values = new HashMap<String, Object>();
        var conditions = new ArrayList<>(List.of("t.customer_id = :customer", "t.id <> :but"));
        narrow(scope, conditions, values);
        return jdbc.sql(ROW + all(conditions) + " order by t.last_message_at desc limit :limit")
                .params(values)
                .param("person", null)
                .param("customer", customer.value())
                .param("but", but.value())
                .param("limit", limit)
                .query(this::row)
                .list();
    }

    /**
     * How many tickets the views hold whose badge shows a number, up to {@link #COUNTED} each, by the view's id: one question
     * for all of them, each a walk along its own index; for those who see only their own, over what they see, read once.
     */
    public Map<String, Integer> counts(
            Collection<TeamId> teams, Collection<PartyId> parties, Scope scope, @Nullable PersonId person) {
        var values = new HashMap<String, Object>();
        var conditions = new ArrayList<String>();
        narrow(scope, conditions, values);
        var active = "tickets.tickets t where t.workspace_id = platform.current_workspace() and t.stage <> 'done'";
        var seen = conditions.isEmpty() ? active : "seen t where true";
        var reading = conditions.isEmpty()
                ? ""
                : "with seen as materialized (select t.stage, t.assignee_id, t.team_id, t.party_id from " + active
                        + all(conditions) + ") ";
        return jdbc
                .sql(reading + "select 'mine' as view, " + counted(seen, "t.assignee_id = :mine")
                        + " union all select 'unassigned', " + counted(seen, "t.assignee_id is null")
                        + " union all select s.view, " + counted(seen, "t.stage = s.stage")
                        + " from (values ('open', 'active'), ('pending', 'pending'), ('on-hold', 'on-hold')) as s (view, stage)"
                        + " union all select 'team:' || w.id, " + counted(seen, "t.team_id = w.id")
                        + " from unnest(:teams) as w (id)"
                        + " union all select 'party:' || w.id, " + counted(seen, "t.party_id = w.id")
                        + " from unnest(:parties) as w (id)")
                .params(values)
                .param("mine", person == null ? NOBODY : person.value())
                .param("teams", teams.stream().map(TeamId::value).toArray(UUID[]::new))
                .param("parties", parties.stream().map(PartyId::value).toArray(UUID[]::new))
                .param("limit", COUNTED)
                .query((row, _) -> Map.entry(row.getString("view"), row.getInt("count")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static String counted(String seen, String condition) {
        return "(select count(*) from (select 1 from " + seen + " and " + condition
                + " limit :limit) counted) as count";
    }

    private static String all(List<String> conditions) {
        return conditions.isEmpty() ? "" : " and " + String.join(" and ", conditions);
    }

    private static void narrow(
            View view, @Nullable PersonId person, List<String> conditions, Map<String, Object> values) {
        switch (view) {
            case View.Mine _ -> {
                conditions.add("t.stage <> 'done' and t.assignee_id = :mine");
                values.put("mine", person == null ? NOBODY : person.value());
            }
            case View.Unassigned _ -> conditions.add("t.stage <> 'done' and t.assignee_id is null");
            case View.InStage inStage -> {
                conditions.add(
                        "done".equals(inStage.stage()) ? "t.stage = :stage" : "t.stage = :stage and t.stage <> 'done'");
                values.put("stage", inStage.stage());
            }
            case View.OfTeam ofTeam -> {
                conditions.add("t.stage <> 'done' and t.team_id = :team");
                values.put("team", ofTeam.team().value());
            }
            case View.OfParty ofParty -> {
                conditions.add("t.stage <> 'done' and t.party_id = :party");
                values.put("party", ofParty.party().value());
            }
            case View.All _ -> {}
        }
    }

    private static void narrow(Scope scope, List<String> conditions, Map<String, Object> values) {
        if (scope instanceof Scope.Own own) {
            conditions.add("(t.assignee_id = :self or t.team_id = any(:ownTeams))");
            own(own, values);
        }
    }

    private static void own(Scope.Own own, Map<String, Object> values) {
        values.put("self", own.person().value());
        values.put("ownTeams", own.teams().stream().map(TeamId::value).toArray(UUID[]::new));
    }

    /** A ticket's number, with or without its sign, or words of it. */
    private void search(String typed, List<String> conditions, Map<String, Object> values) {
        var bare = typed.strip();
        if (bare.matches("#\\d{1,12}")) {
            conditions.add("t.number = :number");
            values.put("number", Long.valueOf(bare.substring(1)));
            return;
        }
        var words = SearchText.query(bare);
        if (words.isEmpty()) {
            return;
        }
        var found = matching(words);
        if (found.length <= FEW) {
            conditions.add("t.id = any(:found)");
            values.put("found", found);
        } else {
            conditions.add("t.search @@ to_tsquery('simple', :words)");
            values.put("words", words);
        }
    }

    /**
     * Tickets with these words, by the words' index, up to one more than {@link #FEW}. The planner cannot know how rare the
     * beginning of a word is, and would look for rare ones among all tickets from the newest on; common ones are found there
     * at once.
     */
    private UUID[] matching(String words) {
        return jdbc.sql("""
                select id from tickets.tickets
                where workspace_id = platform.current_workspace() and search @@ to_tsquery('simple', :words) limit :limit
                """).param("words", words).param("limit", FEW + 1).query(UUID.class).stream()
                .toArray(UUID[]::new);
    }

    private static @Nullable UUID value(@Nullable PersonId person) {
        return person == null ? null : person.value();
    }

    private TicketRow row(ResultSet row, int number) throws SQLException {
        var reason = row.getString("order_reason");
        return new TicketRow(
                new TicketId(row.getObject("id", UUID.class)),
                row.getLong("number"),
                row.getString("subject"),
                TicketStatus.of(row.getString("status")),
                row.getString("channel"),
                row.getString("preview"),
                row.getTimestamp("last_message_at").toInstant(),
                Columns.instant(row, "waiting_since"),
                row.getBoolean("unread"),
                row.getBoolean("attachments"),
                row.getBoolean("delivery_failed"),
                new CustomerId(row.getObject("customer_id", UUID.class)),
                row.getString("customer_email"),
                Columns.id(row, "order_id", OrderId::new),
                reason == null ? null : texts.read(reason),
                Columns.id(row, "assignee_id", PersonId::new),
                Columns.id(row, "team_id", TeamId::new),
                Columns.texts(row, "tags"),
                row.getTimestamp("created_at").toInstant(),
                row.getString("inbox_address"),
                Columns.id(row, "follow_up_of", TicketId::new));
    }
}
