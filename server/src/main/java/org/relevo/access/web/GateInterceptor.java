package org.relevo.access.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.relevo.access.Actor;
import org.relevo.access.Gate;
import org.relevo.access.OpenToAll;
import org.relevo.access.Requires;
import org.relevo.access.Resource;
import org.relevo.platform.ProblemException;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Asks the gate before every route of ours. A handler that declares nothing is refused. */
@Component
class GateInterceptor implements HandlerInterceptor {

    private final Gate gate;

    GateInterceptor(Gate gate) {
        this.gate = gate;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method) || !Routes.ours(method)) {
            return true;
        }
        if (method.hasMethodAnnotation(OpenToAll.class)) {
            return true;
        }
        if (!(request.getAttribute(Actor.class.getName()) instanceof Actor actor)) {
            throw new ProblemException("signed-out", 401);
        }
        var action = method.getMethodAnnotation(Requires.class);
        if (action == null) {
            throw new ProblemException("not-allowed", 403);
        }
        gate.pass(actor, action.value(), new Resource.Everything());
        return true;
    }
}
