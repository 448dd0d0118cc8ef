package dev.patchbay.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.cli.HttpProbe.Reply;
import dev.patchbay.cli.HttpProbe.Unreachable;
import dev.patchbay.provider.twilio.TwilioProperties;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The phone numbers of the Twilio account (IncomingPhoneNumbers, CONTRACTS 3). */
final class TwilioNumbers {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpProbe http;
    private final String account;
    private final Map<String, String> headers;

    TwilioNumbers(HttpProbe http, TwilioProperties twilio) {
        this.http = http;
        account = twilio.apiBaseUrl() + "/2010-04-01/Accounts/" + twilio.accountSid();
        headers = authorization(twilio);
    }

    /** The account's credentials as a header. */
    static Map<String, String> authorization(TwilioProperties twilio) {
        String credentials = twilio.accountSid() + ":" + twilio.authToken();
        return Map.of(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * A number as Twilio has it.
     *
     * @param elsewhere what beats the URLs of voice: an application or a SIP trunk; null when there is none
     */
    record PhoneNumber(
            String sid, WebhookUrls urls, @Nullable String elsewhere) {}

    /** Twilio refused. */
    static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        Refused(String why) {
            super(why);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    /** @param number E.164; empty when the account does not have it */
    Optional<PhoneNumber> find(String number) throws Unreachable, Refused {
        URI list = URI.create(account + "/IncomingPhoneNumbers.json?PhoneNumber=" + HttpProbe.encoded(number));
        for (JsonNode found : read(http.get(list, headers)).path("incoming_phone_numbers")) {
            if (number.equals(found.path("phone_number").asText())) { // Twilio searches by parts of numbers
                return Optional.of(phoneNumber(found));
            }
        }
        return Optional.empty();
    }

    /** Sets the URLs. @return the number as Twilio has it now */
    PhoneNumber update(String sid, WebhookUrls urls) throws Unreachable, Refused {
        return phoneNumber(
                read(http.post(URI.create(account + "/IncomingPhoneNumbers/" + sid + ".json"), headers, urls.form())));
    }

    private static PhoneNumber phoneNumber(JsonNode json) {
        String application = text(json, "voice_application_sid");
        String trunk = text(json, "trunk_sid");
        return new PhoneNumber(
                json.path("sid").asText(),
                new WebhookUrls(
                        text(json, "voice_url"),
                        text(json, "voice_fallback_url"),
                        text(json, "status_callback"),
                        text(json, "sms_url")),
                application != null ? "application " + application : trunk != null ? "trunk " + trunk : null);
    }

    private static JsonNode read(Reply reply) throws Refused {
        JsonNode json;
        try {
            json = JSON.readTree(reply.body());
        } catch (JsonProcessingException e) {
            throw new Refused("Twilio answered " + reply.status() + " with something that is not JSON");
        }
        if (reply.status() >= 300) {
            throw new Refused("Twilio answered %d: %s %s"
                    .formatted(
                            reply.status(),
                            json.path("code").asText(),
                            json.path("message").asText()));
        }
        return json;
    }

    private static @Nullable String text(JsonNode json, String field) {
        String text = json.path(field).asText("");
        return text.isBlank() || text.equals("null") ? null : text;
    }
}
