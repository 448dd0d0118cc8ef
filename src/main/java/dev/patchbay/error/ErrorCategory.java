package dev.patchbay.error;

/**
 * What went wrong, independent of the provider that said so. A category decides the HTTP status of an API answer and
 * whether the caller may try again; everything else about an error is text.
 */
public enum ErrorCategory {
    INVALID_REQUEST(400, false, "Invalid request"),
    UNAUTHENTICATED(401, false, "Authentication required"),
    FORBIDDEN(403, false, "Forbidden"),
    NOT_FOUND(404, false, "Not found"),
    CONFLICT(409, false, "Conflict"),
    TOO_LARGE(413, false, "Content too large"),
    UNSUPPORTED_MEDIA_TYPE(415, false, "Unsupported media type"),
    UNPROCESSABLE(422, false, "Unprocessable content"),
    RATE_LIMITED(429, true, "Too many requests"),
    NOT_SUPPORTED(501, false, "Not supported by this provider"),
    PROVIDER_FAILED(502, true, "The provider failed"),
    UNAVAILABLE(503, true, "Service unavailable"),
    TIMED_OUT(504, true, "Timed out"),
    INTERNAL(500, false, "Internal error");

    private final int status;
    private final boolean retryable;
    private final String title;

    ErrorCategory(int status, boolean retryable, String title) {
        this.status = status;
        this.retryable = retryable;
        this.title = title;
    }

    /** HTTP status code of an API answer. */
    public int status() {
        return status;
    }

    /**
     * Whether the same request may succeed later. It does not say that replaying is safe: a create request is replayed
     * after {@link #RATE_LIMITED} only.
     */
    public boolean retryable() {
        return retryable;
    }

    /** The category in a few words for people; the {@code title} of problem JSON. */
    public String title() {
        return title;
    }
}
