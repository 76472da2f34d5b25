package org.relevo.platform.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.relevo.platform.ProblemException;
import org.relevo.platform.Secrets;
import org.relevo.platform.Workspace;
import org.relevo.platform.web.WriteLog.Earlier;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * Repeats of a write with the same {@code Idempotency-Key} get the first answer and change nothing. When the first try
 * broke off and we cannot tell whether it went through, the repeat says so instead of doing it twice.
 */
public final class IdempotentWrites extends OncePerRequestFilter {

    private static final String HEADER = "Idempotency-Key";
    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");
    private static final int LONGEST_KEY = 200;
    private static final int LARGEST_BODY = 1024 * 1024;

    private final WriteLog log;
    private final ProblemAdvice problems;
    private final JsonMapper json;

    public IdempotentWrites(WriteLog log, ProblemAdvice problems, JsonMapper json) {
        this.log = log;
        this.problems = problems;
        this.json = json;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getHeader(HEADER) == null
                || !WRITES.contains(request.getMethod())
                || Workspace.current().isEmpty();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var key = request.getHeader(HEADER);
        if (key.length() > LONGEST_KEY) {
            refuse(ProblemException.invalid("/headers/" + HEADER, "field.too-long", LONGEST_KEY), request, response);
            return;
        }
        var actor = actor(request);
        var readable = small(request) ? new RepeatableRequest(request) : request;
        switch (log.begin(actor, key, digest(readable))) {
            case Earlier.None _ -> answer(actor, key, readable, response, chain);
            case Earlier.Done done -> replay(done, response);
            case Earlier.Other _ -> refuse(new ProblemException("idempotency-key-reused", 422), request, response);
            case Earlier.Unfinished _ -> refuse(new ProblemException("write-uncertain", 409), request, response);
        }
    }

    private static boolean small(HttpServletRequest request) {
        var type = request.getContentType();
        return type != null
                && type.toLowerCase(Locale.ROOT).startsWith(MediaType.APPLICATION_JSON_VALUE)
                && request.getContentLengthLong() >= 0
                && request.getContentLengthLong() <= LARGEST_BODY;
    }

    private static byte[] digest(HttpServletRequest request) {
        var body = request instanceof RepeatableRequest repeatable ? repeatable.text() : "";
        return Secrets.digest(request.getMethod() + " " + request.getRequestURI() + "\n" + body);
    }

    private static UUID actor(HttpServletRequest request) {
        var principal = String.valueOf(request.getAttribute(WriteLog.ACTOR));
        return UUID.nameUUIDFromBytes(principal.getBytes(StandardCharsets.UTF_8));
    }

    private void answer(
            UUID actor, String key, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var copy = new ContentCachingResponseWrapper(response);
        chain.doFilter(request, copy);
        if (copy.getStatus() >= 500) {
            log.forget(actor, key);
        } else {
            log.finish(
                    actor, key, copy.getStatus(), String.valueOf(copy.getContentType()), copy.getContentAsByteArray());
        }
        copy.copyBodyToResponse();
    }

    private static void replay(Earlier.Done done, HttpServletResponse response) throws IOException {
        response.setStatus(done.status());
        if (!"null".equals(done.contentType())) {
            response.setContentType(done.contentType());
        }
        response.setHeader("Idempotent-Replayed", "true");
        response.getOutputStream().write(done.body());
    }

    private void refuse(ProblemException problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setStatus(problem.status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        json.writeValue(response.getOutputStream(), problems.describe(problem, request.getLocale()));
    }
}
