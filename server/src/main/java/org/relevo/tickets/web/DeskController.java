package org.relevo.tickets.web;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.relevo.access.Action;
import org.relevo.access.Actor;
import org.relevo.access.Gate;
import org.relevo.access.PersonId;
import org.relevo.access.Requires;
import org.relevo.access.Resource;
import org.relevo.access.TeamId;
import org.relevo.orders.OrderId;
import org.relevo.platform.ProblemException;
import org.relevo.tickets.Desk;
import org.relevo.tickets.EntryId;
import org.relevo.tickets.Recipients;
import org.relevo.tickets.TicketId;
import org.relevo.tickets.TicketStatus;
import org.relevo.tickets.domain.Entry;
import org.relevo.tickets.persistence.Personal;
import org.relevo.tickets.persistence.ViewQueries;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Working on a ticket. */
@RestController
@RequestMapping("/api/v1/tickets/{id}")
@Transactional
public class DeskController {

    private static final int LONGEST = 100_000;

    record ReplyRequest(
            @NotBlank @Size(max = LONGEST) String text,
            @Nullable List<UUID> attachmentIds,

            @Schema(description = "Seconds in which the reply can be taken back; 0 to 60, 0 unless given.") @Nullable
            Integer undoSeconds,

            @Nullable TicketStatus status,

            @Schema(
                    description =
                            "The newest entry that the writer has seen; a newer one by somebody else refuses the reply.")
            @Nullable
            EntryId after,

            @Schema(description = "Instead of the customer, whom it goes to.") @Nullable @Size(max = 50)
            List<@Size(max = 254) String> to,

            @Nullable @Size(max = 50) List<@Size(max = 254) String> cc,
            @Nullable @Size(max = 50) List<@Size(max = 254) String> bcc,

            @Schema(description = "One of the mailbox's senders; the one that the customer wrote to unless given.")
            @Nullable
            UUID senderId,

            @Schema(description = "Whether the sender's signature follows the text; true unless given.") @Nullable
            Boolean signed,

            @Schema(description = "When it leaves: in the future, within a year. Undo does not apply then.") @Nullable
            Instant sendAt) {

        Desk.Letter letter() {
            return new Desk.Letter(
                    new Recipients(given(to), given(cc), given(bcc)), senderId, !Boolean.FALSE.equals(signed), sendAt);
        }

        private static List<String> given(@Nullable List<String> addresses) {
            return addresses == null ? List.of() : addresses;
        }
    }

    record ScheduleRequest(@NotNull Instant sendAt) {}

    record NoteRequest(
            @NotBlank @Size(max = LONGEST) String text,
            @Nullable List<UUID> attachmentIds) {}

    record AssigneeRequest(
            @Nullable PersonId personId, @Nullable TeamId teamId) {}

    record StatusRequest(@NotNull TicketStatus status) {}

    record TagsRequest(@NotNull List<@Size(max = 60) String> tags) {}

    record OrderRequest(@Nullable OrderId orderId) {}

    private final Desk desk;
    private final ViewQueries views;
    private final Personal personal;
    private final Presenter presenter;
    private final Gate gate;
    private final Clock clock;

    DeskController(Desk desk, ViewQueries views, Personal personal, Presenter presenter, Gate gate, Clock clock) {
        this.desk = desk;
        this.views = views;
        this.personal = personal;
        this.presenter = presenter;
        this.gate = gate;
        this.clock = clock;
    }

    @PostMapping("/replies")
    @Requires(Action.TICKET_REPLY)
    @ResponseStatus(HttpStatus.CREATED)
    Shapes.TimelineEntry reply(
            @PathVariable TicketId id, @Valid @RequestBody ReplyRequest request, Actor actor, Locale reader) {
        var undo = Duration.ofSeconds(request.undoSeconds() == null ? 0 : request.undoSeconds());
        var entry = desk.reply(
                actor,
                id,
                new Desk.Reply(
                        request.text(),
                        files(request.attachmentIds()),
                        undo,
                        request.status(),
                        request.after(),
                        request.letter()));
        discardDraft(actor, id, "reply");
        return show(id, entry, reader);
    }

    @PostMapping("/notes")
    @Requires(Action.TICKET_NOTE)
    @ResponseStatus(HttpStatus.CREATED)
    Shapes.TimelineEntry note(
            @PathVariable TicketId id, @Valid @RequestBody NoteRequest request, Actor actor, Locale reader) {
        var entry = desk.note(actor, id, request.text(), files(request.attachmentIds()));
        discardDraft(actor, id, "note");
        return show(id, entry, reader);
    }

    private static List<UUID> files(@Nullable List<UUID> ids) {
        return ids == null ? List.of() : ids;
    }

    private void discardDraft(Actor actor, TicketId id, String mode) {
        if (actor instanceof Actor.Staff staff) {
            personal.discard(staff.person(), id, mode);
        }
    }

    @PostMapping("/replies/{entry}/cancel")
    @Requires(Action.TICKET_REPLY)
    Shapes.TimelineEntry takeBack(@PathVariable TicketId id, @PathVariable EntryId entry, Actor actor, Locale reader) {
        return show(id, desk.takeBack(actor, id, entry), reader);
    }

    @PostMapping("/replies/{entry}/retry")
    @Requires(Action.TICKET_REPLY)
    Shapes.TimelineEntry retry(@PathVariable TicketId id, @PathVariable EntryId entry, Actor actor, Locale reader) {
        return show(id, desk.retry(actor, id, entry), reader);
    }

    @PostMapping("/replies/{entry}/send-now")
    @Requires(Action.TICKET_REPLY)
    Shapes.TimelineEntry sendNow(@PathVariable TicketId id, @PathVariable EntryId entry, Actor actor, Locale reader) {
        return show(id, desk.reschedule(actor, id, entry, null), reader);
    }

    @PutMapping("/replies/{entry}/schedule")
    @Requires(Action.TICKET_REPLY)
    Shapes.TimelineEntry schedule(
            @PathVariable TicketId id,
            @PathVariable EntryId entry,
            @Valid @RequestBody ScheduleRequest request,
            Actor actor,
            Locale reader) {
        return show(id, desk.reschedule(actor, id, entry, request.sendAt()), reader);
    }

    private Shapes.TimelineEntry show(TicketId id, Entry entry, Locale reader) {
        var customer = presenter
                .rows(List.of(views.find(id, null).orElseThrow(ProblemException::notFound)))
                .getFirst()
                .customer();
        return presenter.entries(List.of(entry), customer, reader).getFirst();
    }

    @PutMapping("/assignee")
    @Requires(Action.TICKET_ASSIGN)
    Shapes.Row assign(@PathVariable TicketId id, @Valid @RequestBody AssigneeRequest request, Actor actor) {
        desk.assign(actor, id, request.personId(), request.teamId());
        return row(id, actor);
    }

    @PutMapping("/status")
    @Requires(Action.TICKET_STATUS)
    Shapes.Row changeStatus(@PathVariable TicketId id, @Valid @RequestBody StatusRequest request, Actor actor) {
        desk.changeStatus(actor, id, request.status());
        return row(id, actor);
    }

    @PutMapping("/tags")
    @Requires(Action.TICKET_TAG)
    Shapes.Row tag(@PathVariable TicketId id, @Valid @RequestBody TagsRequest request, Actor actor) {
        desk.tag(actor, id, request.tags());
        return row(id, actor);
    }

    @PutMapping("/order")
    @Requires(Action.TICKET_LINK_ORDER)
    Shapes.Row linkOrder(@PathVariable TicketId id, @Valid @RequestBody OrderRequest request, Actor actor) {
        desk.linkOrder(actor, id, request.orderId());
        return row(id, actor);
    }

    @PutMapping("/read")
    @Requires(Action.TICKET_READ)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void read(@PathVariable TicketId id, Actor.Staff staff) {
        var row = views.find(id, staff.person()).orElseThrow(ProblemException::notFound);
        gate.pass(staff, Action.TICKET_READ, new Resource.Matter(row.team(), row.assignee()));
        if (row.unread()) {
            personal.read(staff.person(), id, clock.instant());
        }
    }

    private Shapes.Row row(TicketId id, Actor actor) {
        var row = views.find(id, actor.personOrNull()).orElseThrow(ProblemException::notFound);
        return presenter.rows(List.of(row)).getFirst();
    }
}
