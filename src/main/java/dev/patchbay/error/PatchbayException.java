package dev.patchbay.error;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The one exception that routes and provider code throw. Its message is shown to API callers as the {@code detail} of
 * the problem, so it names fields and the provider's own code and words, never a credential, a text or a phone number.
 */
public final class PatchbayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCategory category;
    private final @Nullable String provider;
    private final @Nullable Duration retryAfter;

    /**
     * @param provider the provider concerned, such as {@code twilio}; null when none is
     */
    public PatchbayException(ErrorCategory category, @Nullable String provider, String message) {
        this(category, provider, message, null);
    }

    public PatchbayException(
            ErrorCategory category, @Nullable String provider, String message, @Nullable Throwable cause) {
        this(category, provider, message, cause, null);
    }

    /** @param retryAfter how long a caller should wait before it tries again; null when nothing is known */
    public PatchbayException(
            ErrorCategory category,
            @Nullable String provider,
            String message,
            @Nullable Throwable cause,
            @Nullable Duration retryAfter) {
        super(message, cause);
        this.category = category;
        this.provider = provider;
        this.retryAfter = retryAfter;
    }

    public ErrorCategory category() {
        return category;
    }

    public @Nullable String provider() {
        return provider;
    }

    /** How long a caller should wait before it tries again; null when nothing is known. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
