package dev.patchbay.sandbox.caller;

/** A webhook answer that Twilio would not have followed, with the code of its error page. */
final class TwimlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;

    TwimlException(int code, String message) {
        super(message);
        this.code = code;
    }

    CallReport.Violation violation() {
        return new CallReport.Violation(code, String.valueOf(getMessage()));
    }
}
