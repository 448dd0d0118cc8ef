package dev.patchbay.cli;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where Twilio asks what to do with a phone number.
 *
 * @param voice when a call comes in
 * @param fallback when that fails
 * @param status what became of a call
 * @param sms when a message comes in
 */
record WebhookUrls(
        @Nullable String voice,
        @Nullable String fallback,
        @Nullable String status,
        @Nullable String sms) {

    /** Ours. @param status where status events go; null: the event door of this origin */
    static WebhookUrls at(URI origin, @Nullable URI status) {
        return new WebhookUrls(
                origin + "/twilio/incoming-call",
                origin + "/webhooks/twilio/fallback",
                status == null ? origin + "/webhooks/twilio" : status.toString(),
                origin + "/twilio/sms/incoming");
    }

    /** Whether this is one of the doors for calls, which differ only in how the agent is found. */
    boolean isVoiceDoor(@Nullable String url) {
        String origin = String.valueOf(voice).replaceFirst("/twilio/incoming-call$", "");
        return url != null
                && url.startsWith(origin)
                && url.substring(origin.length()).matches("/webhook/voice|/api/webhooks/twilio(/[^/?]+)?");
    }

    /** By the names that people read. */
    Map<String, @Nullable String> named() {
        Map<String, @Nullable String> named = new LinkedHashMap<>();
        named.put("voice", voice);
        named.put("fallback", fallback);
        named.put("status", status);
        named.put("sms", sms);
        return named;
    }

    /** The form of Twilio's update (CONTRACTS 3). */
    Map<String, String> form() {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("VoiceUrl", String.valueOf(voice));
        form.put("VoiceMethod", "POST");
        form.put("VoiceFallbackUrl", String.valueOf(fallback));
        form.put("VoiceFallbackMethod", "POST");
        form.put("StatusCallback", String.valueOf(status));
        form.put("StatusCallbackMethod", "POST");
        form.put("SmsUrl", String.valueOf(sms));
        form.put("SmsMethod", "POST");
        return form;
    }
}
