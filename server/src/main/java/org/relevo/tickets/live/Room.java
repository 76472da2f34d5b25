package org.relevo.tickets.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.relevo.access.Actor;
import org.relevo.platform.Workspace;
import org.relevo.platform.WorkspaceId;
import org.relevo.platform.events.Event;
import org.relevo.platform.events.EventCursor;
import org.relevo.platform.events.Events;
import org.springframework.web.socket.WebSocketSession;

/** The open browsers of one workspace. Events are read once for all of them; whoever joins catches up first. */
final class Room {

    private static final int BATCH = 500;
    private static final int LONGEST_CATCH_UP = 5_000;

    private final WorkspaceId workspace;
    private final Events events;
    private final BiPredicate<Actor.Staff, Event> visible;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Listener> listeners = new ArrayList<>();
    private EventCursor cursor;

    Room(WorkspaceId workspace, Events events, BiPredicate<Actor.Staff, Event> visible) {
        this.workspace = workspace;
        this.events = events;
        this.visible = visible;
        this.cursor = Workspace.call(workspace, events::now);
    }

    /** Lets {@code listener} in at {@code from}, or at the present when absent; long absences start afresh. */
    void join(Listener listener, @Nullable EventCursor from) {
        lock.lock();
        try {
            pump();
            var place = from == null ? cursor : from;
            listener.send(Map.of("type", "hello", "cursor", place.text()));
            if (from != null && !catchUp(listener, from)) {
                listener.send(Map.of("type", "reset", "cursor", cursor.text()));
            }
            listeners.add(listener);
        } finally {
            lock.unlock();
        }
    }

    private boolean catchUp(Listener listener, EventCursor from) {
        var missed = Workspace.call(workspace, () -> events.after(from, LONGEST_CATCH_UP));
        if (missed.size() == LONGEST_CATCH_UP) {
            return false;
        }
        missed.stream()
                .filter(recorded -> !after(recorded.cursor(), cursor))
                .forEach(recorded -> tell(listener, recorded));
        return true;
    }

    private static boolean after(EventCursor one, EventCursor other) {
        return one.transaction() > other.transaction()
                || (one.transaction() == other.transaction() && one.number() > other.number());
    }

    boolean leave(WebSocketSession socket) {
        lock.lock();
        try {
            listeners.removeIf(listener -> listener.is(socket));
            return listeners.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    List<Listener> listeners() {
        lock.lock();
        try {
            return List.copyOf(listeners);
        } finally {
            lock.unlock();
        }
    }

    /** Tells everyone what has happened since the last time; whether more waits behind an open transaction. */
    boolean wake() {
        lock.lock();
        try {
            return pump();
        } finally {
            lock.unlock();
        }
    }

    private boolean pump() {
        return Workspace.call(workspace, () -> {
            List<Events.Recorded> batch;
            do {
                batch = events.after(cursor, BATCH);
                for (var recorded : batch) {
                    listeners.forEach(listener -> tell(listener, recorded));
                    cursor = recorded.cursor();
                }
            } while (batch.size() == BATCH);
            return events.heldBack();
        });
    }

    private void tell(Listener listener, Events.Recorded recorded) {
        var event = recorded.event();
        if (!visible.test(listener.staff(), event)) {
            return;
        }
        var frame = new HashMap<String, Object>();
        frame.put("type", "event");
        frame.put("cursor", recorded.cursor().text());
        frame.put("kind", event.kind());
        frame.put("subjectId", event.subject());
        frame.put("entryId", event.entry());
        frame.put("entryKind", event.entryKind());
        frame.put("actorId", event.actor());
        listener.send(frame);
    }
}
