package org.relevo.access.web;

import org.relevo.access.SetupCode;
import org.relevo.access.Workspaces;
import org.relevo.platform.RelevoOrigins;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Says on the console where RELEVO is and, on an installation without a workspace, how to begin. */
@Component
class Welcome {

    private final Workspaces workspaces;
    private final SetupCode code;
    private final RelevoOrigins origins;

    Welcome(Workspaces workspaces, SetupCode code, RelevoOrigins origins) {
        this.workspaces = workspaces;
        this.code = code;
        this.origins = origins;
    }

    @EventListener(ApplicationReadyEvent.class)
    @Order(Ordered.LOWEST_PRECEDENCE)
    void ready() {
        if (workspaces.all().isEmpty()) {
            System.out.printf("%nRELEVO is ready. Begin here: %s/setup?code=%s%n", origins.desk(), code.text());
        } else {
            System.out.printf("%nRELEVO is ready: %s%n", origins.desk());
        }
        System.out.println("Ctrl-C stops it.");
    }
}
