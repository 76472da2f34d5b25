package org.relevo.demonstration;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.relevo.access.Actor;
import org.relevo.access.PartyKind;
import org.relevo.access.TeamId;
import org.relevo.channels.MessageIds;
import org.relevo.platform.WorkClock;
import org.relevo.platform.Workspace;
import org.relevo.tickets.Desk;
import org.relevo.tickets.TicketId;
import org.relevo.tickets.TicketStatus;

/**
 * Tells the story: customers write by SMTP, RELEVO fetches by IMAP, people answer through the desk as of the time at which the
 * story has them answer. All first mails go out in their order; then each conversation goes on by itself.
 */
final class StoryTeller {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final int AT_ONCE = 4;

    private final Story story;
    private final StoryTime time;
    private final Map<String, Actor.Staff> people;
    private final Map<String, TeamId> teams;
    private final Desk desk;
    private final MessageIds mails;
    private final Actor house;
    private final Session session;
    private final String mailbox;

    /** Whom the story is about. */
    record Cast(Map<String, Actor.Staff> people, Map<String, TeamId> teams) {}

    StoryTeller(Story story, StoryTime time, Cast cast, Desk desk, MessageIds mails, String mailbox, int smtpPort) {
        this.story = story;
        this.time = time;
        this.people = cast.people();
        this.teams = cast.teams();
        this.desk = desk;
        this.mails = mails;
        this.mailbox = mailbox;
        this.house = new Actor.House(Workspace.required());
        this.session = session(smtpPort);
    }

    private static Session session(int port) {
        var properties = new Properties();
        properties.setProperty("mail.smtp.host", "127.0.0.1");
        properties.setProperty("mail.smtp.port", String.valueOf(port));
        properties.setProperty("mail.smtp.allow8bitmime", "true");
        return Session.getInstance(properties);
    }

    void tell() throws MessagingException {
        var inOrder = story.conversations().stream()
                .sorted(Comparator.comparing(
                        conversation -> time.at(conversation.events().getFirst().at())))
                .toList();
        try (var transport = new SMTPTransport(session, null)) {
            transport.connect();
            for (var conversation : inOrder) {
                send(transport, conversation, 0, Optional.empty());
            }
        }
        var workspace = Workspace.required();
        try (var pool = Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            var told = inOrder.stream()
                    .map(conversation ->
                            CompletableFuture.runAsync(() -> Workspace.run(workspace, () -> tell(conversation)), pool))
                    .toList();
            told.forEach(CompletableFuture::join);
        }
    }

    private void tell(Story.Conversation conversation) {
        var ticket = arrived(headerId(conversation, 0));
        WorkClock.at(time.at(conversation.events().getFirst().at()), () -> begin(conversation, ticket));
        var handOver = lastWordOfOurs(conversation);
        for (int place = 1; place < conversation.events().size(); place++) {
            tell(conversation, place, ticket);
            if (place == handOver) {
                WorkClock.at(time.at(conversation.events().get(place).at()), () -> handOver(conversation, ticket));
            }
        }
        if (handOver == 0) {
            WorkClock.at(time.at(conversation.events().getFirst().at()), () -> handOver(conversation, ticket));
        }
        finish(conversation, ticket);
    }

    private TicketId begin(Story.Conversation conversation, TicketId ticket) {
        assign(ticket, null, teamOf(conversation));
        if (!conversation.tags().isEmpty()) {
            desk.tag(house, ticket, conversation.tags());
        }
        return ticket;
    }

    /** The place of the last event that one of us did; 0 if we have said nothing yet. */
    private static int lastWordOfOurs(Story.Conversation conversation) {
        for (int place = conversation.events().size() - 1; place > 0; place--) {
            if (!"customer".equals(conversation.events().get(place).kind())) {
                return place;
            }
        }
        return 0;
    }

    private TicketId handOver(Story.Conversation conversation, TicketId ticket) {
        return assign(ticket, assigneeOf(conversation), teamOf(conversation));
    }

    private void tell(Story.Conversation conversation, int place, TicketId ticket) {
        var event = conversation.events().get(place);
        switch (event.kind()) {
            case "customer" -> {
                write(conversation, place, ticket);
                arrived(headerId(conversation, place));
            }
            case "reply" -> asWritten(event, author -> reply(author, conversation, ticket, event.text()));
            case "note" -> asWritten(event, author -> note(author, conversation, ticket, event.text()));
            default -> throw new IllegalStateException("The story has no " + event.kind() + ".");
        }
    }

    private interface Deed {
        void by(Actor.Staff author);
    }

    private void asWritten(Story.Event event, Deed deed) {
        var author = people.get(String.valueOf(event.author()));
        if (author == null) {
            throw new IllegalStateException("The story knows no " + event.author() + ".");
        }
        WorkClock.at(time.at(event.at()), () -> {
            deed.by(author);
            return author;
        });
    }

    private void reply(Actor.Staff author, Story.Conversation conversation, TicketId ticket, String text) {
        assign(ticket, author, teamOf(conversation));
        desk.reply(author, ticket, new Desk.Reply(text, List.of(), Duration.ZERO, null, null));
    }

    private void note(Actor.Staff author, Story.Conversation conversation, TicketId ticket, String text) {
        if (author.partyKind() != PartyKind.SHOP) {
            assign(ticket, author, teamOf(conversation));
        }
        desk.note(author, ticket, text, List.of());
    }

    private TicketId assign(TicketId ticket, Actor.@Nullable Staff person, @Nullable TeamId team) {
        desk.assign(house, ticket, person == null ? null : person.person(), team);
        return ticket;
    }

    private void finish(Story.Conversation conversation, TicketId ticket) {
        var last = conversation.events().stream()
                .map(event -> time.at(event.at()))
                .max(Instant::compareTo)
                .orElseThrow();
        var by = assigneeOf(conversation);
        WorkClock.at(last, () -> {
            desk.changeStatus(by == null ? house : by, ticket, TicketStatus.of(conversation.status()));
            return ticket;
        });
    }

    private Actor.@Nullable Staff assigneeOf(Story.Conversation conversation) {
        return conversation.assignee() == null ? null : people.get(conversation.assignee());
    }

    private @Nullable TeamId teamOf(Story.Conversation conversation) {
        return conversation.team() == null ? null : teams.get(conversation.team());
    }

    private void write(Story.Conversation conversation, int place, TicketId ticket) {
        try (var transport = new SMTPTransport(session, null)) {
            transport.connect();
            send(transport, conversation, place, mails.newestOf(ticket));
        } catch (MessagingException e) {
            throw new IllegalStateException("The demonstration's mail server did not take a mail.", e);
        }
    }

    private void send(SMTPTransport transport, Story.Conversation conversation, int place, Optional<String> answers)
            throws MessagingException {
        var event = conversation.events().get(place);
        var envelope = new StoryMail.Envelope(headerId(conversation, place), time.at(event.at()), mailbox, answers);
        var mail = StoryMail.of(session, conversation, event, envelope);
        transport.sendMessage(mail, mail.getAllRecipients());
    }

    private static String headerId(Story.Conversation conversation, int place) {
        var domain = conversation.customer().email().replaceAll(".*@", "");
        return "<" + conversation.key() + "." + place + "@" + domain + ">";
    }

    private TicketId arrived(String headerId) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            var ticket = mails.ticketOf(headerId);
            if (ticket.isPresent()) {
                return ticket.get();
            }
            pause();
        }
        throw new IllegalStateException("A mail of the story did not arrive: " + headerId);
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The story was interrupted.", e);
        }
    }
}
