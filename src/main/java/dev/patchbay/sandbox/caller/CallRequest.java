package dev.patchbay.sandbox.caller;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call to place.
 *
 * @param from the caller, as Twilio would send it; not only numbers ({@code anonymous}, {@code client:x})
 * @param to the number called
 * @param audio what the caller says
 * @param gateway the gateway's public origin, such as {@code http://127.0.0.1:8080}; loopback only
 * @param voicePath path of the voice webhook
 * @param statusPath path of the status callback
 * @param accountSid AC...
 * @param authToken signs the webhooks and the upgrade
 * @param extraFields form fields to add to the voice webhooks, or to put in place of the usual ones
 * @param behaviour what the caller does
 * @param callSid the call's id; null: one is made
 * @param outbound set for a call that the gateway has placed; null: the caller calls
 */
public record CallRequest(
        String from,
        String to,
        CallerAudio audio,
        URI gateway,
        String voicePath,
        String statusPath,
        String accountSid,
        String authToken,
        Map<String, String> extraFields,
        CallerBehaviour behaviour,
        @Nullable String callSid,
        @Nullable OutboundLeg outbound) {

    public static final String VOICE_PATH = "/twilio/incoming-call";
    public static final String STATUS_PATH = "/webhooks/twilio";

    /** @throws IllegalArgumentException when the gateway is not on this machine */
    public CallRequest {
        Loopback.require(gateway);
        extraFields = Map.copyOf(extraFields);
    }

    /** A call to the usual webhook by a caller of default behaviour. */
    public static CallRequest of(
            String from, String to, CallerAudio audio, URI gateway, String accountSid, String authToken) {
        return new CallRequest(
                from,
                to,
                audio,
                gateway,
                VOICE_PATH,
                STATUS_PATH,
                accountSid,
                authToken,
                Map.of(),
                CallerBehaviour.DEFAULT,
                null,
                null);
    }

    public CallRequest to(String path) {
        return new CallRequest(
                from,
                to,
                audio,
                gateway,
                path,
                statusPath,
                accountSid,
                authToken,
                extraFields,
                behaviour,
                callSid,
                outbound);
    }

    public CallRequest with(CallerBehaviour other) {
        return new CallRequest(
                from,
                to,
                audio,
                gateway,
                voicePath,
                statusPath,
                accountSid,
                authToken,
                extraFields,
                other,
                callSid,
                outbound);
    }

    public CallRequest with(Map<String, String> fields) {
        return new CallRequest(
                from,
                to,
                audio,
                gateway,
                voicePath,
                statusPath,
                accountSid,
                authToken,
                fields,
                behaviour,
                callSid,
                outbound);
    }

    /** The same call under an id that is known before. */
    public CallRequest called(@Nullable String sid) {
        return new CallRequest(
                from,
                to,
                audio,
                gateway,
                voicePath,
                statusPath,
                accountSid,
                authToken,
                extraFields,
                behaviour,
                sid,
                outbound);
    }

    /** The same call, placed by the gateway: what it is asked for and reported to are these paths. */
    public CallRequest placed(OutboundLeg leg, String voice, String status) {
        return new CallRequest(
                from, to, audio, gateway, voice, status, accountSid, authToken, extraFields, behaviour, callSid, leg);
    }

    @Override
    public String toString() {
        return "CallRequest[gateway=%s, voicePath=%s, audio=%d ms]".formatted(gateway, voicePath, audio.millis());
    }
}
