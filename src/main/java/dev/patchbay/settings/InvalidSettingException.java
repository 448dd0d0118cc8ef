package dev.patchbay.settings;

/**
 * A setting that Patchbay cannot start with. The message begins with the environment variable's name and never repeats a
 * secret.
 */
public final class InvalidSettingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /**
     * @param variable the environment variable, such as {@code WEBHOOK_BASE_URL}
     * @param reason what is wrong and what is wanted
     */
    public InvalidSettingException(String variable, String reason) {
        super(variable + ": " + reason);
    }
}
