package org.relevo.tickets.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.relevo.access.Action;
import org.relevo.access.Actor;
import org.relevo.access.Gate;
import org.relevo.access.PartyKind;
import org.relevo.access.People;
import org.relevo.access.Requires;
import org.relevo.access.Resource;
import org.relevo.access.TeamRef;
import org.relevo.platform.Page;
import org.relevo.platform.ProblemException;
import org.relevo.platform.Texts;
import org.relevo.platform.TimeCursor;
import org.relevo.tickets.TicketId;
import org.relevo.tickets.TicketStatus;
import org.relevo.tickets.domain.Entry;
import org.relevo.tickets.domain.TicketRow;
import org.relevo.tickets.domain.View;
import org.relevo.tickets.persistence.TimelineTable;
import org.relevo.tickets.persistence.ViewQueries;
import org.relevo.tickets.persistence.ViewQueries.Question;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Reading tickets: views with counts, lists, one ticket with its timeline. */
@RestController
@RequestMapping("/api/v1")
@Transactional(readOnly = true)
public class TicketController {

    private static final int ENTRIES = 100;
    private static final int LARGEST_PAGE = 200;
    private static final List<String> FIXED_VIEWS =
            List.of("mine", "unassigned", "open", "pending", "on-hold", "solved", "all");

    record ViewCount(
            String id,

            @Schema(allowableValues = {"mine", "all", "team", "party"})
            String group,

            @Nullable String name,
            @Nullable PartyKind partyKind,
            int count,
            boolean more) {}

    private final ViewQueries views;
    private final TimelineTable timeline;
    private final Presenter presenter;
    private final People people;
    private final Gate gate;
    private final Texts texts;

    TicketController(
            ViewQueries views, TimelineTable timeline, Presenter presenter, People people, Gate gate, Texts texts) {
        this.views = views;
        this.timeline = timeline;
        this.presenter = presenter;
        this.people = people;
        this.gate = gate;
        this.texts = texts;
    }

    @GetMapping("/views")
    @Requires(Action.TICKET_READ)
    Page<ViewCount> views(Actor actor) {
        var teams = people.teams();
        var parties = people.parties();
        var counts = views.counts(
                teams.stream().map(TeamRef::id).toList(),
                parties.stream().map(People.PartyRef::id).toList(),
                gate.scope(actor),
                actor.personOrNull());
        var fixed = FIXED_VIEWS.stream().map(id -> counted(id, "mine".equals(id) ? "mine" : "all", null, null, counts));
        var ofTeams = teams.stream()
                .map(team -> counted("team:" + team.id().value(), "team", team.name(), team.partyKind(), counts));
        var ofParties = parties.stream()
                .map(party -> counted("party:" + party.id().value(), "party", party.name(), party.kind(), counts));
        return Page.whole(Stream.of(fixed, ofTeams, ofParties)
                .flatMap(Function.identity())
                .toList());
    }

    /** Views that are never worked off, all and solved, have no number. */
    private static ViewCount counted(
            String id,
            String group,
            @Nullable String name,
            @Nullable PartyKind partyKind,
            Map<String, Integer> counts) {
        var count = counts.getOrDefault(id, 0);
        return new ViewCount(id, group, name, partyKind, count, count >= ViewQueries.COUNTED);
    }

    @GetMapping("/tickets")
    @Requires(Action.TICKET_READ)
    Page<Shapes.Row> list(
            @RequestParam(defaultValue = "all") String view,
            @RequestParam(defaultValue = "") String query,
            @RequestParam @Nullable TicketStatus status,
            @RequestParam @Nullable String tag,
            @RequestParam @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            Actor actor) {
        var size = Math.clamp(limit, 1, LARGEST_PAGE);
        var place = cursor == null ? null : TimeCursor.read(cursor);
        var rows = views.list(
                new Question(View.of(view), gate.scope(actor), actor.personOrNull(), query, status, tag, place, size));
        var page = Page.cut(
                rows, size, row -> new TimeCursor(row.lastMessageAt(), row.id().value()).text());
        return new Page<>(presenter.rows(page.items()), page.next());
    }

    @GetMapping("/tickets/{id}")
    @Requires(Action.TICKET_READ)
    Shapes.Whole ticket(@PathVariable TicketId id, Actor actor, Locale reader) {
        var found = reach(id, actor);
        var row = presenter.rows(List.of(found)).getFirst();
        var page = page(id, null);
        var reason = found.orderReason();
        var followed = Optional.ofNullable(found.followUpOf())
                .flatMap(first -> views.find(first, null))
                .map(first -> new Shapes.TicketLink(first.id(), first.number()));
        return Shapes.Whole.of(
                row,
                found.createdAt(),
                found.inboxAddress(),
                reason == null ? null : texts.sentence(reason, reader),
                presenter.entries(page.items().reversed(), row.customer(), reader),
                page.next(),
                followed.orElse(null));
    }

    @GetMapping("/tickets/{id}/timeline")
    @Requires(Action.TICKET_READ)
    Page<Shapes.TimelineEntry> earlier(
            @PathVariable TicketId id, @RequestParam @Nullable String before, Actor actor, Locale reader) {
        var row = presenter.rows(List.of(reach(id, actor))).getFirst();
        var page = page(id, before);
        return new Page<>(presenter.entries(page.items().reversed(), row.customer(), reader), page.next());
    }

    private Page<Entry> page(TicketId id, @Nullable String before) {
        var entries = timeline.before(id, before == null ? null : TimeCursor.read(before), ENTRIES);
        return Page.cut(
                entries, ENTRIES, entry -> new TimeCursor(entry.at(), entry.id().value()).text());
    }

    private TicketRow reach(TicketId id, Actor actor) {
        var row = views.find(id, actor.personOrNull()).orElseThrow(ProblemException::notFound);
        gate.pass(actor, Action.TICKET_READ, new Resource.Matter(row.team(), row.assignee()));
        return row;
    }
}
