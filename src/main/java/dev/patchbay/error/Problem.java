package dev.patchbay.error;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * An error answer of the API: problem JSON as in RFC 9457, media type {@value #MEDIA_TYPE}.
 *
 * @param status HTTP status code
 * @param title the category in a few words
 * @param detail what happened this time, for the caller
 * @param instance the path or call it happened to; left out of the JSON when null
 * @param retryAfter seconds until the caller may try again, the header Retry-After; null when nothing is known
 */
public record Problem(
        int status,
        String title,
        String detail,
        @Nullable String instance,
        @Nullable Integer retryAfter) {

    public static final String MEDIA_TYPE = "application/problem+json";

    private static final ObjectMapper JSON = new ObjectMapper();

    public Problem(int status, String title, String detail, @Nullable String instance) {
        this(status, title, detail, instance, null);
    }

    public static Problem of(ErrorCategory category, String detail) {
        return new Problem(category.status(), category.title(), detail, null);
    }

    /**
     * The problem that this failure is to a caller: the first {@link PatchbayException} or time-out in its chain of
     * causes. Anything else is an internal error, whose message may tell too much and is left out.
     */
    public static Problem of(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
            if (cause instanceof PatchbayException known) {
                return of(known);
            }
            if (cause instanceof TimeoutException) {
                return of(ErrorCategory.TIMED_OUT, "No answer in time");
            }
        }
        return of(ErrorCategory.INTERNAL, "Something went wrong on our side; the log has the details");
    }

    /** The same problem, naming what it happened to. */
    public Problem at(String where) {
        return new Problem(status, title, detail, where, retryAfter);
    }

    public String toJson() {
        Map<String, Object> members = new LinkedHashMap<>();
        // RFC 9457: about:blank says that the status alone tells the kind of problem.
        members.put("type", "about:blank");
        members.put("title", title);
        members.put("status", status);
        members.put("detail", detail);
        if (instance != null) {
            members.put("instance", instance);
        }
        try {
            return JSON.writeValueAsString(members);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a map of strings and a number could not be written", impossible);
        }
    }

    private static Problem of(PatchbayException known) {
        Duration wait = known.retryAfter();
        // In whole seconds, rounded up: an earlier retry would only be refused again.
        Integer seconds = wait == null ? null : (int) Math.max(1, (wait.toMillis() + 999) / 1000);
        return new Problem(
                known.category().status(),
                known.category().title(),
                Objects.requireNonNullElse(known.getMessage(), ""),
                null,
                seconds);
    }
}
