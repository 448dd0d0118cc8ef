package dev.patchbay.cli;

import dev.patchbay.provider.FakeProvider.Asked;
import dev.patchbay.provider.FakeProvider.Told;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** An account with one number, and everything else that the commands ask. */
final class FakeTwilioNumbers implements Function<Asked, Told> {

    static final String ACCOUNT = "AC00000000000000000000000000000001";
    static final String TOKEN = "the-auth-token";
    static final String NUMBER = "+14155550123";
    static final String SID = "PN00000000000000000000000000000001";

    private final JsonObject number = new JsonObject()
            .put("sid", SID)
            .put("phone_number", NUMBER)
            .put("voice_url", "https://demo.twilio.com/welcome/voice/")
            .put("voice_fallback_url", "")
            .putNull("status_callback")
            .put("sms_url", "")
            .put("voice_application_sid", "")
            .putNull("trunk_sid");

    /** From now on calls go there. */
    FakeTwilioNumbers with(String field, String value) {
        number.put(field, value);
        return this;
    }

    JsonObject number() {
        return number;
    }

    @Override
    public Told apply(Asked asked) {
        String path = new QueryStringDecoder(asked.target()).path();
        String account = "/2010-04-01/Accounts/" + ACCOUNT;
        if (path.equals("/health")) {
            return Told.json(200, "{\"status\":\"ok\",\"store\":\"up\",\"providers\":{}}");
        }
        if (path.equals("/v1/user") || path.equals("/v1/models")) {
            return Told.json(200, "{}");
        }
        if (!asked.authorization().startsWith("Basic ") || !path.startsWith(account)) {
            return Told.json(401, "{\"code\":20003,\"message\":\"Authenticate\",\"status\":401}");
        }
        if (asked.method().equals("POST")) {
            Map<String, List<String>> form = new QueryStringDecoder(asked.body(), false).parameters();
            set("voice_url", form.getOrDefault("VoiceUrl", List.of("")));
            set("voice_fallback_url", form.getOrDefault("VoiceFallbackUrl", List.of("")));
            set("status_callback", form.getOrDefault("StatusCallback", List.of("")));
            set("sms_url", form.getOrDefault("SmsUrl", List.of("")));
            return Told.json(200, number.encode());
        }
        return path.endsWith("/IncomingPhoneNumbers.json")
                ? Told.json(
                        200,
                        new JsonObject()
                                .put("incoming_phone_numbers", new JsonArray().add(number))
                                .encode())
                : Told.json(200, "{\"sid\":\"" + ACCOUNT + "\",\"status\":\"active\"}");
    }

    private void set(String field, List<String> values) {
        number.put(field, values.get(0));
    }
}
