package org.relevo.tickets.live;

import org.relevo.platform.RelevoOrigins;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;

@Configuration(proxyBeanMethods = false)
@EnableWebSocket
class LiveConfiguration implements WebSocketConfigurer {

    private final LiveSocket socket;
    private final LiveHandshake handshake;
    private final RelevoOrigins origins;

    LiveConfiguration(LiveSocket socket, LiveHandshake handshake, RelevoOrigins origins) {
        this.socket = socket;
        this.handshake = handshake;
        this.origins = origins;
    }

    @Override
    public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
        registry.addHandler(socket, "/api/v1/live").addInterceptors(handshake).setAllowedOrigins(origins.desk());
    }
}
