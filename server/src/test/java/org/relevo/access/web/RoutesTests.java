package org.relevo.access.web;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.relevo.access.Action;
import org.relevo.access.OpenToAll;
import org.relevo.access.Requires;
import org.relevo.platform.StartFailure;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** One gate (promise 4): a route that declares no action does not start. */
class RoutesTests {

    static final class Handlers {
        void undeclared() {}

        @Requires(Action.TICKET_READ)
        void declared() {}

        @OpenToAll(because = "it is a test")
        void open() {}
    }

    @Test
    void aRouteWithoutAnActionStopsTheStartAndIsNamed() {
        assertThatThrownBy(() -> start("undeclared"))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("undeclared");
    }

    @Test
    void aRouteWithAnActionOrAReasonStarts() {
        assertThatCode(() -> start("declared")).doesNotThrowAnyException();
        assertThatCode(() -> start("open")).doesNotThrowAnyException();
    }

    private static void start(String handler) throws NoSuchMethodException {
        var mappings = new RequestMappingHandlerMapping();
        mappings.registerMapping(
                RequestMappingInfo.paths("/" + handler).build(),
                new Handlers(),
                Handlers.class.getDeclaredMethod(handler));
        new Routes(mappings).afterSingletonsInstantiated();
    }
}
