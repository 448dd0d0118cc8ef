package dev.patchbay.provider.twilio;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.provider.ProviderAnswer;
import java.util.Set;

/**
 * What an error of Twilio's REST API is to our callers (CONTRACTS 3.1, DESIGN section 5): their own fault, or ours and our
 * account's, which they can do nothing about.
 */
final class TwilioFaults {

    /** Our number or our account: credentials, suspended, number not ours, not verified or without SMS. */
    private static final Set<Integer> OURS = Set.of(20003, 20005, 20008, 21210, 21212, 21606);

    /** The call has ended meanwhile. */
    private static final int NOT_IN_PROGRESS = 21220;

    private TwilioFaults() {}

    static PatchbayException of(ProviderAnswer answer) {
        return new PatchbayException(category(answer.status(), code(answer)), "twilio", answer.reason());
    }

    /** Whether Twilio refuses because the call is over. */
    static boolean hasEnded(ProviderAnswer answer) {
        return answer.status() == 404 || (answer.status() == 400 && code(answer) == NOT_IN_PROGRESS);
    }

    /** A success that is none: whoever answered does not speak Twilio's language. */
    static PatchbayException unusable(ProviderAnswer answer) {
        return new PatchbayException(
                ErrorCategory.PROVIDER_FAILED,
                "twilio",
                "twilio answered " + answer.status() + " with something else than it promises");
    }

    static ErrorCategory category(int status, int code) {
        if (OURS.contains(code)) {
            return ErrorCategory.PROVIDER_FAILED;
        }
        if (code == NOT_IN_PROGRESS) {
            return ErrorCategory.CONFLICT;
        }
        return switch (status) {
            case 400 -> ErrorCategory.INVALID_REQUEST;
            case 404 -> ErrorCategory.NOT_FOUND;
            case 409 -> ErrorCategory.CONFLICT;
            default -> ErrorCategory.PROVIDER_FAILED;
        };
    }

    private static int code(ProviderAnswer answer) {
        try {
            return answer.json().getInteger("code", 0);
        } catch (PatchbayException | ClassCastException noCode) {
            return 0;
        }
    }
}
