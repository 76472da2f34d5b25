package org.relevo.tickets.live;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.relevo.access.Action;
import org.relevo.access.Actor;
import org.relevo.access.Decision;
import org.relevo.access.Gate;
import org.relevo.access.LiveSessions;
import org.relevo.access.Resource;
import org.relevo.access.Scope;
import org.relevo.platform.ProblemException;
import org.relevo.platform.WorkspaceId;
import org.relevo.platform.events.Doorbell;
import org.relevo.platform.events.Event;
import org.relevo.platform.events.EventCursor;
import org.relevo.platform.events.Events;
import org.relevo.tickets.TicketId;
import org.relevo.tickets.persistence.ViewQueries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.ConcurrentWebSocketSessionDecorator;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import tools.jackson.databind.json.JsonMapper;

/** Speaks with browsers: hello with a cursor, then events, each with the cursor to resume after it. */
@Component
class LiveSocket extends TextWebSocketHandler implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(LiveSocket.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration CHECK = Duration.ofSeconds(5);
    private static final Duration HELD_BACK = Duration.ofMillis(20);
    private static final int SEND_LIMIT_MILLIS = 10_000;
    private static final int BUFFER = 512 * 1024;

    private final Map<WorkspaceId, Room> rooms = new ConcurrentHashMap<>();
    private final Events events;
    private final Gate gate;
    private final ViewQueries views;
    private final LiveSessions sessions;
    private final TransactionTemplate transaction;
    private final JsonMapper json;
    private @Nullable ScheduledExecutorService clockwork;

    LiveSocket(
            Events events,
            Doorbell doorbell,
            Gate gate,
            ViewQueries views,
            LiveSessions sessions,
            TransactionTemplate transaction,
            JsonMapper json) {
        this.events = events;
        this.gate = gate;
        this.views = views;
        this.sessions = sessions;
        this.transaction = transaction;
        this.json = json;
        doorbell.listen(this::soon);
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) {
        var attributes = session.getAttributes();
        if (!(attributes.get(LiveHandshake.STAFF) instanceof Actor.Staff staff)) {
            return;
        }
        var socket = new ConcurrentWebSocketSessionDecorator(session, SEND_LIMIT_MILLIS, BUFFER);
        var listener = new Listener(socket, json, staff, String.valueOf(attributes.get(LiveHandshake.SESSION)));
        rooms.computeIfAbsent(staff.workspace(), id -> new Room(id, events, this::sees))
                .join(listener, cursor(String.valueOf(attributes.get(LiveHandshake.CURSOR))));
    }

    private static @Nullable EventCursor cursor(String text) {
        try {
            return text.isEmpty() ? null : EventCursor.read(text);
        } catch (ProblemException _) {
            return null; // from an older version: the browser refetches when it hears the new cursor
        }
    }

    private boolean sees(Actor.Staff staff, Event event) {
        if (!"ticket".equals(event.kind()) || gate.scope(staff) instanceof Scope.Whole) {
            return true;
        }
        var row = transaction.execute(_ -> views.find(new TicketId(event.subject()), null));
        return row.map(ticket -> new Resource.Matter(ticket.team(), ticket.assignee()))
                .map(matter -> gate.decide(staff, Action.TICKET_READ, matter) instanceof Decision.Allowed)
                .orElse(false);
    }

    @Override
    protected void handleTextMessage(WebSocketSession session, TextMessage message) {
        if (message.getPayload().contains("\"ping\"")
                && session.getAttributes().get(LiveHandshake.STAFF) instanceof Actor.Staff staff) {
            var room = rooms.get(staff.workspace());
            if (room != null) {
                room.listeners().stream()
                        .filter(listener -> listener.is(session))
                        .forEach(listener -> listener.send(Map.of("type", "pong")));
            }
        }
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        if (session.getAttributes().get(LiveHandshake.STAFF) instanceof Actor.Staff staff) {
            rooms.computeIfPresent(staff.workspace(), (_, room) -> room.leave(session) ? null : room);
        }
    }

    private void soon(WorkspaceId workspace) {
        if (rooms.containsKey(workspace) && clockwork != null) {
            clockwork.execute(() -> wake(workspace));
        }
    }

    private void wake(WorkspaceId workspace) {
        var room = rooms.get(workspace);
        if (room != null && room.wake() && clockwork != null) {
            clockwork.schedule(() -> room.wake(), HELD_BACK.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void check() {
        for (var room : rooms.values()) {
            room.listeners().stream()
                    .filter(listener -> !sessions.stands(listener.session(), listener.staff()))
                    .forEach(Listener::endSession);
        }
    }

    @Override
    public void start() {
        var timer = Executors.newScheduledThreadPool(
                2, Thread.ofVirtual().name("live-", 0).factory());
        timer.scheduleWithFixedDelay(
                guarded(() -> rooms.keySet().forEach(this::wake)),
                LOOK.toMillis(),
                LOOK.toMillis(),
                TimeUnit.MILLISECONDS);
        timer.scheduleWithFixedDelay(guarded(this::check), CHECK.toMillis(), CHECK.toMillis(), TimeUnit.MILLISECONDS);
        clockwork = timer;
    }

    private static Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (DataAccessException | TransactionException e) {
                LOG.warn("The live feed looks again in a moment", e);
            }
        };
    }

    @Override
    public void stop() {
        if (clockwork != null) {
            clockwork.shutdownNow();
            clockwork = null;
        }
    }

    @Override
    public boolean isRunning() {
        return clockwork != null;
    }
}
