package org.relevo.tickets.web;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.relevo.access.Action;
import org.relevo.access.Actor;
import org.relevo.access.Requires;
import org.relevo.tickets.Correspondents;
import org.relevo.tickets.TicketId;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who writes in a ticket. */
@RestController
@RequestMapping("/api/v1/tickets/{id}")
class CorrespondentController {

    record ParticipantRequest(
            @NotBlank @Email @Size(max = 254) String address) {}

    record RequesterRequest(
            @NotBlank @Email @Size(max = 254) String address,
            @Nullable @Size(max = 200) String name) {}

    private final Correspondents correspondents;

    CorrespondentController(Correspondents correspondents) {
        this.correspondents = correspondents;
    }

    @PostMapping("/participants")
    @Requires(Action.TICKET_REPLY)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void letIn(@PathVariable TicketId id, @Valid @RequestBody ParticipantRequest request, Actor actor) {
        correspondents.letIn(actor, id, request.address());
    }

    @PutMapping("/customer")
    @Requires(Action.CUSTOMER_EDIT)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void makeCustomer(@PathVariable TicketId id, @Valid @RequestBody RequesterRequest request, Actor actor) {
        correspondents.makeCustomer(actor, id, request.address(), request.name() == null ? "" : request.name());
    }

    @PostMapping("/trust")
    @Requires(Action.TICKET_REPLY)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void trust(@PathVariable TicketId id, Actor actor) {
        correspondents.trust(actor, id);
    }
}
