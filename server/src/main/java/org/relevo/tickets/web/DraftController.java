package org.relevo.tickets.web;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.relevo.access.Action;
import org.relevo.access.Actor;
import org.relevo.access.Gate;
import org.relevo.access.Requires;
import org.relevo.access.Resource;
import org.relevo.platform.ProblemException;
import org.relevo.tickets.TicketId;
import org.relevo.tickets.persistence.MessageTable;
import org.relevo.tickets.persistence.Personal;
import org.relevo.tickets.persistence.ViewQueries;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What somebody is writing, kept for them on the server. */
@RestController
@RequestMapping("/api/v1/tickets/{id}/draft")
@Transactional
public class DraftController {

    private static final int LONGEST_LIST = 14_000; // fifty addresses and what parts them

    record DraftRequest(
            @NotNull @Size(max = 100_000) String text,
            @Nullable List<UUID> attachmentIds,

            @Schema(description = "To whom, as whom and when it would go; absent while that is the usual.")
            @Nullable
            @Valid
            DraftLetter letter) {}

    @Schema(name = "DraftLetter")
    record DraftLetter(
            @Schema(description = "As it was typed so far.") @NotNull @Size(max = LONGEST_LIST)
            String to,

            @NotNull @Size(max = LONGEST_LIST) String cc,
            @NotNull @Size(max = LONGEST_LIST) String bcc,

            @Schema(description = "One of the mailbox's senders; absent for the one that the customer wrote to.")
            @Nullable
            UUID senderId,

            boolean signed,
            @Nullable Instant sendAt) {

        private static @Nullable DraftLetter of(Personal.@Nullable Letter kept) {
            return kept == null
                    ? null
                    : new DraftLetter(kept.to(), kept.cc(), kept.bcc(), kept.sender(), kept.signed(), kept.sendAt());
        }

        private static Personal.@Nullable Letter kept(@Nullable DraftLetter given) {
            return given == null
                    ? null
                    : new Personal.Letter(given.to, given.cc, given.bcc, given.senderId, given.signed, given.sendAt);
        }
    }

    record Draft(
            @Schema(allowableValues = {"reply", "note"}) String mode,
            String text,
            List<Shapes.Attachment> attachments,
            @Nullable DraftLetter letter,
            Instant savedAt) {}

    private final Personal personal;
    private final ViewQueries views;
    private final Gate gate;
    private final MessageTable messages;
    private final Presenter presenter;
    private final Clock clock;

    DraftController(
            Personal personal, ViewQueries views, Gate gate, MessageTable messages, Presenter presenter, Clock clock) {
        this.personal = personal;
        this.views = views;
        this.gate = gate;
        this.messages = messages;
        this.presenter = presenter;
        this.clock = clock;
    }

    @GetMapping
    @Requires(Action.TICKET_READ)
    ResponseEntity<Draft> draft(
            @PathVariable TicketId id, @RequestParam(defaultValue = "reply") String mode, Actor.Staff staff) {
        reach(id, staff);
        return personal.draft(staff.person(), id, known(mode))
                .map(draft -> ResponseEntity.ok(show(draft)))
                .orElseGet(() -> ResponseEntity.noContent().build());
    }

    @PutMapping
    @Requires(Action.TICKET_NOTE)
    Draft save(
            @PathVariable TicketId id,
            @RequestParam(defaultValue = "reply") String mode,
            @Valid @RequestBody DraftRequest request,
            Actor.Staff staff) {
        reach(id, staff);
        var files = request.attachmentIds() == null ? List.<UUID>of() : request.attachmentIds();
        var draft = new Personal.Draft(
                known(mode), request.text(), files, DraftLetter.kept(request.letter()), clock.instant());
        personal.save(staff.person(), id, draft);
        return show(draft);
    }

    @DeleteMapping
    @Requires(Action.TICKET_NOTE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void discard(@PathVariable TicketId id, @RequestParam(defaultValue = "reply") String mode, Actor.Staff staff) {
        personal.discard(staff.person(), id, known(mode));
    }

    private void reach(TicketId id, Actor.Staff staff) {
        var row = views.find(id, null).orElseThrow(ProblemException::notFound);
        gate.pass(staff, Action.TICKET_READ, new Resource.Matter(row.team(), row.assignee()));
    }

    private Draft show(Personal.Draft draft) {
        var files = messages.uploads(draft.files()).stream()
                .map(presenter::attachment)
                .toList();
        return new Draft(draft.mode(), draft.text(), files, DraftLetter.of(draft.letter()), draft.savedAt());
    }

    private static String known(String mode) {
        if (!mode.equals("reply") && !mode.equals("note")) {
            throw ProblemException.invalid("/mode", "field.value-unknown", mode);
        }
        return mode;
    }
}
