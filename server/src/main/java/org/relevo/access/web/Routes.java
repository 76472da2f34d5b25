package org.relevo.access.web;

import java.util.stream.Collectors;
import org.relevo.access.OpenToAll;
import org.relevo.access.Requires;
import org.relevo.platform.StartFailure;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every route declares its action, or RELEVO does not start. */
@Component
class Routes implements SmartInitializingSingleton {

    private final RequestMappingHandlerMapping mappings;

    Routes(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings) {
        this.mappings = mappings;
    }

    @Override
    public void afterSingletonsInstantiated() {
        var undeclared = mappings.getHandlerMethods().values().stream()
                .filter(Routes::ours)
                .filter(method ->
                        !method.hasMethodAnnotation(Requires.class) && !method.hasMethodAnnotation(OpenToAll.class))
                .map(HandlerMethod::getShortLogMessage)
                .collect(Collectors.joining(", "));
        if (!undeclared.isEmpty()) {
            throw new StartFailure("These routes declare no action: " + undeclared + ".");
        }
    }

    static boolean ours(HandlerMethod method) {
        return method.getBeanType().getPackageName().startsWith("org.relevo");
    }
}
