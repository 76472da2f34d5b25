package org.relevo.tickets.web;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.relevo.access.Action;
import org.relevo.access.Actor;
import org.relevo.access.Requires;
import org.relevo.platform.Page;
import org.relevo.platform.ProblemException;
import org.relevo.platform.Uuid7;
import org.relevo.tickets.Desk;
import org.relevo.tickets.Template;
import org.relevo.tickets.TicketId;
import org.relevo.tickets.Variable;
import org.relevo.tickets.VariableText;
import org.relevo.tickets.persistence.TemplateTable;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Texts prepared for replies, and what they say in one conversation. */
@RestController
@RequestMapping("/api/v1")
@Transactional
public class TemplateController {

    record TemplateRequest(
            @NotBlank @Size(max = 120) String name,
            @Nullable @Size(max = 300) String subject,

            @Schema(
                    description =
                            "Plain text; {{customer.name|there}} stands for the name, or for the words after the bar.")
            @NotBlank
            @Size(max = 20_000)
            String text,

            @Nullable @Size(max = 35) String language,
            @Nullable Integer sort) {

        Template as(UUID id) {
            return new Template(id, name, subject, text, language, sort == null ? 0 : sort);
        }
    }

    @Schema(name = "Template")
    record TemplateView(
            UUID id,
            String name,
            @Nullable String subject,
            String text,
            @Nullable String language,
            int sort) {

        static TemplateView of(Template template) {
            return new TemplateView(
                    template.id(),
                    template.name(),
                    template.subject(),
                    template.text(),
                    template.language(),
                    template.sort());
        }
    }

    record RenderedTemplate(
            @Nullable String subject,
            String text,

            @Schema(
                    description =
                            "Variables that have no value here and no words for that: nothing stands in their place.")
            List<String> missing) {}

    private final TemplateTable templates;
    private final Desk desk;

    TemplateController(TemplateTable templates, Desk desk) {
        this.templates = templates;
        this.desk = desk;
    }

    @GetMapping("/templates")
    @Requires(Action.TICKET_REPLY)
    @Transactional(readOnly = true)
    Page<TemplateView> all() {
        return Page.whole(templates.all()).map(TemplateView::of);
    }

    @PostMapping("/templates")
    @Requires(Action.TEMPLATE_MANAGE)
    @ResponseStatus(HttpStatus.CREATED)
    TemplateView add(@Valid @RequestBody TemplateRequest request) {
        var template = request.as(Uuid7.next());
        templates.save(template);
        return TemplateView.of(template);
    }

    @PutMapping("/templates/{id}")
    @Requires(Action.TEMPLATE_MANAGE)
    TemplateView change(@PathVariable UUID id, @Valid @RequestBody TemplateRequest request) {
        find(id);
        var template = request.as(id);
        templates.save(template);
        return TemplateView.of(template);
    }

    @DeleteMapping("/templates/{id}")
    @Requires(Action.TEMPLATE_MANAGE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable UUID id) {
        if (!templates.remove(id)) {
            throw ProblemException.notFound();
        }
    }

    @PostMapping("/tickets/{id}/templates/{template}/render")
    @Requires(Action.TICKET_REPLY)
    @Transactional(readOnly = true)
    RenderedTemplate render(@PathVariable TicketId id, @PathVariable UUID template, Actor actor) {
        var wanted = find(template);
        return filled(wanted, desk.correspondence(actor, id).values());
    }

    private static RenderedTemplate filled(Template template, Map<Variable, String> values) {
        var text = VariableText.of(template.text(), "/text").fill(values);
        var subject = template.subject() == null
                ? null
                : VariableText.of(template.subject(), "/subject").fill(values);
        var missing = Stream.concat(
                        text.missing().stream(), subject == null ? Stream.empty() : subject.missing().stream())
                .distinct()
                .map(Variable::word)
                .toList();
        return new RenderedTemplate(subject == null ? null : subject.text(), text.text(), missing);
    }

    private Template find(UUID id) {
        return templates.find(id).orElseThrow(ProblemException::notFound);
    }
}
