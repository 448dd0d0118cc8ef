package dev.patchbay.http.openapi;

import org.jspecify.annotations.Nullable;

/** The document of the API cannot be used; the message is {@code file:line: reason}. */
public final class ApiDocumentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ApiDocumentException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
