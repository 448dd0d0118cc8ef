package dev.patchbay.provider.twilio;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.twilio.http.TwilioRestClient;
import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import java.io.IOException;
import java.io.InputStream;

/** Twilio's SDK over {@link TwilioHttp}. An answer that the SDK cannot read is Twilio's failure, not ours. */
final class TwilioClient extends TwilioRestClient {

    private final ObjectMapper answers;

    TwilioClient(String accountSid, String authToken, TwilioHttp http) {
        super(new Builder(accountSid, authToken).httpClient(http));
        answers = new Answers(super.getObjectMapper());
    }

    @Override
    public ObjectMapper getObjectMapper() {
        return answers;
    }

    /** Reads as the SDK's own does. */
    private static final class Answers extends ObjectMapper {

        private static final long serialVersionUID = 1L;

        Answers(ObjectMapper original) {
            super(original);
        }

        @Override
        public <T> T readValue(InputStream answer, Class<T> type) {
            try {
                return super.readValue(answer, type);
            } catch (IOException e) {
                throw new PatchbayException(
                        ErrorCategory.PROVIDER_FAILED,
                        "twilio",
                        "twilio answered with a " + type.getSimpleName() + " that cannot be read",
                        e);
            }
        }
    }
}
