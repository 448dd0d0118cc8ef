package dev.patchbay.provider.twilio;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.http.PublicOrigin;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What routes ask about the account: whether it is there, which number it calls from, where it reports to. */
public final class TwilioAccount {

    /** The sentence of seed 001, whichever of the three is missing. */
    static final String NOT_CONFIGURED =
            "Twilio not configured. Set TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_PHONE_NUMBER";

    private final TwilioProperties twilio;
    private final PublicOrigin origin;

    public TwilioAccount(TwilioProperties twilio, PublicOrigin origin) {
        this.twilio = twilio;
        this.origin = origin;
    }

    /** {@code {configured, has_account_sid, has_auth_token, has_phone_number}}. */
    public Map<String, Object> config() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("configured", twilio.missing().isEmpty());
        json.put("has_account_sid", twilio.accountSid() != null);
        json.put("has_auth_token", twilio.authToken() != null);
        json.put("has_phone_number", twilio.defaultPhoneNumber() != null);
        return json;
    }

    /**
     * The number that calls and messages come from unless told otherwise.
     *
     * @throws PatchbayException unavailable, when anything is missing for calls and messages that we start
     */
    public String requiredNumber() {
        String number = twilio.defaultPhoneNumber();
        required();
        if (number == null) {
            throw notConfigured();
        }
        return number;
    }

    /** @throws PatchbayException unavailable, when nothing can be asked of Twilio */
    public void required() {
        if (!twilio.isConfigured()) {
            throw notConfigured();
        }
    }

    /** Our numbers. */
    List<String> numbers() {
        return twilio.phoneNumbers();
    }

    /** Where Twilio reports events that belong to no call of ours. */
    URI events() {
        URI told = twilio.webhookUrl();
        return told == null ? URI.create(origin.url("/webhooks/twilio")) : told;
    }

    /** Where Twilio reports the events of the call with this id of ours; Twilio signs the query too. */
    URI events(String callId) {
        return URI.create(events() + "?call=" + callId);
    }

    /** Where Twilio reports the events of a message that answers another one: we have not sent it ourselves. */
    URI replyEvents() {
        return URI.create(events() + "?reply=true");
    }

    /** A URL of ours. */
    URI url(String path) {
        return URI.create(origin.url(path));
    }

    private static PatchbayException notConfigured() {
        return new PatchbayException(ErrorCategory.UNAVAILABLE, "twilio", NOT_CONFIGURED);
    }
}
