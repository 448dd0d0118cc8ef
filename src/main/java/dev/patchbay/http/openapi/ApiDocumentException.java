package dev.patchbay.http.openapi;

import org.jspecify.annotations.Nullable;

/** The document of the API cannot be used; the message is {@code file:line: reason}. */
public final class ApiDocumentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;
    private final String reason;

    /**
     * @param line counted from 1
     * @param column counted from 1
     */
    public ApiDocumentException(String file, int line, int column, String reason, @Nullable Throwable cause) {
        super("%s:%d: %s".formatted(file, line, reason), cause);
        this.line = line;
        this.column = column;
        this.reason = reason;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }

    public String reason() {
        return reason;
    }
}
