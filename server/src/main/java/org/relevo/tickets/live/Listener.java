package org.relevo.tickets.live;

import java.io.IOException;
import java.util.Map;
import org.relevo.access.Actor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import tools.jackson.databind.json.JsonMapper;

/** One open browser. A listener that cannot keep up is closed; it comes back with its cursor and misses nothing. */
final class Listener {

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final CloseStatus SESSION_ENDED = new CloseStatus(4401, "session ended");

    private final WebSocketSession socket;
    private final JsonMapper json;
    private final Actor.Staff staff;
    private final String session;

    Listener(WebSocketSession socket, JsonMapper json, Actor.Staff staff, String session) {
        this.socket = socket;
        this.json = json;
        this.staff = staff;
        this.session = session;
    }

    Actor.Staff staff() {
        return staff;
    }

    String session() {
        return session;
    }

    boolean is(WebSocketSession other) {
        return socket.getId().equals(other.getId());
    }

    void send(Map<String, ?> frame) {
        try {
            if (socket.isOpen()) {
                socket.sendMessage(new TextMessage(json.writeValueAsString(frame)));
            }
        } catch (IOException | IllegalStateException e) {
            LOG.debug("A live connection broke while sending", e);
            close(CloseStatus.SESSION_NOT_RELIABLE);
        }
    }

    void endSession() {
        close(SESSION_ENDED);
    }

    private void close(CloseStatus status) {
        try {
            socket.close(status);
        } catch (IOException e) {
            LOG.debug("A live connection was gone before it was closed", e);
        }
    }
}
