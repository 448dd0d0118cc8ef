package dev.patchbay.route;

import org.jspecify.annotations.Nullable;

/** The routes folder cannot be run as it is; the message names the file and the reason. */
public final class PatchbayRoutesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PatchbayRoutesException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
