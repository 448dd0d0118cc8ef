package dev.patchbay.sandbox;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Plays Twilio's IncomingPhoneNumbers: the configured numbers of the account, whose webhooks can be read and set. Until
 * they are set they are as Twilio sells numbers, with its demonstration at {@code voice_url}.
 */
public final class SandboxNumbers {

    /** Field of Twilio's form to field of its JSON. */
    private static final Map<String, String> URLS = Map.of(
            "VoiceUrl", "voice_url",
            "VoiceMethod", "voice_method",
            "VoiceFallbackUrl", "voice_fallback_url",
            "VoiceFallbackMethod", "voice_fallback_method",
            "StatusCallback", "status_callback",
            "StatusCallbackMethod", "status_callback_method",
            "SmsUrl", "sms_url",
            "SmsMethod", "sms_method");

    private final String accountSid;
    private final Map<String, JsonObject> bySid = new LinkedHashMap<>();

    public SandboxNumbers(String accountSid, List<String> numbers) {
        this.accountSid = accountSid;
        for (int i = 0; i < numbers.size(); i++) {
            String sid = String.format(Locale.ROOT, "PN%032d", i);
            bySid.put(sid, number(sid, numbers.get(i)));
        }
    }

    /** @param phoneNumber a part of the numbers that are wanted; null for all */
    public synchronized String list(@Nullable String phoneNumber) {
        JsonArray found = new JsonArray();
        bySid.values().stream()
                .filter(number ->
                        phoneNumber == null || number.getString("phone_number").contains(phoneNumber.replace("*", "")))
                .forEach(number -> found.add(number.copy()));
        return new JsonObject()
                .put("incoming_phone_numbers", found)
                .put("page", 0)
                .put("page_size", 50)
                .putNull("next_page_uri")
                .encode();
    }

    /**
     * @param resource the number's sid with {@code .json}, as the path has it
     * @param form what is to be set; other fields than the webhooks are left alone
     */
    public synchronized SandboxReply update(String resource, Map<String, String> form) {
        JsonObject number = bySid.get(resource.replace(".json", ""));
        if (number == null) {
            return SandboxReply.json(
                    404,
                    new JsonObject()
                            .put("code", 20404)
                            .put("message", "The requested resource was not found")
                            .put("status", 404));
        }
        form.forEach((field, value) -> {
            String name = URLS.get(field);
            if (name != null) {
                number.put(name, value);
            }
        });
        return SandboxReply.json(200, number);
    }

    private JsonObject number(String sid, String phoneNumber) {
        return new JsonObject()
                .put("sid", sid)
                .put("account_sid", accountSid)
                .put("phone_number", phoneNumber)
                .put("friendly_name", phoneNumber)
                .put("voice_url", "https://demo.twilio.com/welcome/voice/")
                .put("voice_method", "POST")
                .put("voice_fallback_url", "")
                .put("voice_fallback_method", "POST")
                .put("status_callback", "")
                .put("status_callback_method", "POST")
                .put("sms_url", "https://demo.twilio.com/welcome/sms/reply")
                .put("sms_method", "POST")
                .put("voice_application_sid", "")
                .putNull("trunk_sid");
    }
}
