package org.relevo.access.web;

import org.jspecify.annotations.Nullable;
import org.relevo.access.Actor;
import org.relevo.platform.ProblemException;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Hands a route whoever calls it. A route for people only asks for {@link Actor.Staff} and gets nobody else. */
@Component
class ActorArgument implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return Actor.class.isAssignableFrom(parameter.getParameterType());
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        var actor = request.getAttribute(Actor.class.getName(), RequestAttributes.SCOPE_REQUEST);
        if (actor == null) {
            throw new ProblemException("signed-out", 401);
        }
        if (!parameter.getParameterType().isInstance(actor)) {
            throw new ProblemException("people-only", 403);
        }
        return actor;
    }
}
