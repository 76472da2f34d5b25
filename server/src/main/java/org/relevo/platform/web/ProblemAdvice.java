package org.relevo.platform.web;

import jakarta.validation.ConstraintViolationException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.relevo.platform.ProblemException;
import org.relevo.platform.Texts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;

/** Tells every problem the same way (RFC 9457): a stable type, the right status, a detail that says what to do. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
public class ProblemAdvice {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    private final Texts texts;

    ProblemAdvice(Texts texts) {
        this.texts = texts;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> problem(ProblemException problem, Locale reader) {
        var detail = describe(problem, reader);
        var response = ResponseEntity.status(problem.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (problem instanceof RetryLater later) {
            response.header(
                    HttpHeaders.RETRY_AFTER, String.valueOf(later.retryAfter().toSeconds()));
        }
        return response.body(detail);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> invalid(MethodArgumentNotValidException invalid, Locale reader) {
        var fields = invalid.getFieldErrors().stream()
                .map(error ->
                        field("/" + error.getField().replace('.', '/'), String.valueOf(error.getDefaultMessage())))
                .toList();
        return invalid(fields, reader);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> invalid(ConstraintViolationException invalid, Locale reader) {
        var fields = invalid.getConstraintViolations().stream()
                .map(violation -> field("/" + violation.getPropertyPath(), violation.getMessage()))
                .toList();
        return invalid(fields, reader);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unknownId(MethodArgumentTypeMismatchException mismatch, Locale reader) {
        var inPath = mismatch.getParameter()
                .hasParameterAnnotation(org.springframework.web.bind.annotation.PathVariable.class);
        return problem(
                inPath
                        ? ProblemException.notFound()
                        : ProblemException.invalid("/" + mismatch.getName(), "field.value-unknown", mismatch.getName()),
                reader);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unreadable(HttpMessageNotReadableException unreadable, Locale reader) {
        return problem(new ProblemException("unreadable-request", 400, unreadable), reader);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> tooLarge(MaxUploadSizeExceededException large, Locale reader) {
        return problem(new ProblemException("attachment-too-large", 413, large, "25"), reader);
    }

    /** What Spring itself refuses (no such route, wrong method, wrong media type) keeps its status. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> other(Exception failure, Locale reader) {
        if (failure instanceof ErrorResponse response) {
            return plain(response.getStatusCode(), reader);
        }
        LOG.error("A request failed", failure);
        return plain(HttpStatus.INTERNAL_SERVER_ERROR, reader);
    }

    private ResponseEntity<ProblemDetail> plain(HttpStatusCode status, Locale reader) {
        var slug = switch (status.value()) {
            case 404 -> "not-found";
            case 405 -> "method-not-allowed";
            case 406, 415 -> "media-type-unsupported";
            default -> status.is4xxClientError() ? "unreadable-request" : "our-fault";
        };
        return problem(new ProblemException(slug, status.value()), reader);
    }

    private ResponseEntity<ProblemDetail> invalid(List<Map<String, String>> fields, Locale reader) {
        var detail = describe(new ProblemException("invalid-request", 422), reader);
        detail.setProperty("errors", fields);
        return ResponseEntity.unprocessableContent()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(detail);
    }

    /** The problem as it goes on the wire. */
    public ProblemDetail describe(ProblemException problem, Locale reader) {
        var arguments = problem.arguments().toArray();
        var detail = ProblemDetail.forStatus(problem.status());
        detail.setType(URI.create("/problems/" + problem.slug()));
        detail.setTitle(texts.sentence(problem.slug() + ".title", reader, arguments));
        detail.setDetail(texts.sentence(problem.slug() + ".detail", reader, arguments));
        if (!problem.fields().isEmpty()) {
            detail.setProperty(
                    "errors",
                    problem.fields().stream()
                            .map(wrong ->
                                    field(wrong.pointer(), texts.sentence(wrong.code(), reader, wrong.arguments())))
                            .toList());
        }
        return detail;
    }

    private static Map<String, String> field(String pointer, String sentence) {
        return Map.of("pointer", pointer, "detail", sentence);
    }
}
