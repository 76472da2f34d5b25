package org.relevo.tickets.live;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.relevo.access.Action;
import org.relevo.access.Actor;
import org.relevo.access.Decision;
import org.relevo.access.Gate;
import org.relevo.access.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;

/** Lets signed-in people in, and nobody else. */
@Component
class LiveHandshake implements HandshakeInterceptor {

    static final String STAFF = "staff";
    static final String SESSION = "session";
    static final String CURSOR = "cursor";

    private final Gate gate;

    LiveHandshake(Gate gate) {
        this.gate = gate;
    }

    @Override
    public boolean beforeHandshake(
            ServerHttpRequest request,
            ServerHttpResponse response,
            WebSocketHandler handler,
            Map<String, Object> attributes) {
        var servlet = ((ServletServerHttpRequest) request).getServletRequest();
        if (!(servlet.getAttribute(Actor.class.getName()) instanceof Actor.Staff staff)
                || gate.decide(staff, Action.TICKET_READ, new Resource.Everything()) instanceof Decision.Denied) {
            response.setStatusCode(HttpStatus.UNAUTHORIZED);
            return false;
        }
        attributes.put(STAFF, staff);
        attributes.put(SESSION, session(servlet));
        attributes.put(CURSOR, cursor(servlet));
        return true;
    }

    private static String session(HttpServletRequest request) {
        var session = request.getSession(false);
        return session == null ? "" : session.getId();
    }

    private static String cursor(HttpServletRequest request) {
        var cursor = request.getParameter("cursor");
        return cursor == null ? "" : cursor;
    }

    @Override
    public void afterHandshake(
            ServerHttpRequest request,
            ServerHttpResponse response,
            WebSocketHandler handler,
            @Nullable Exception failure) {}
}
