package dev.patchbay.sandbox.caller;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.Map;

/**
 * What Twilio sends into one stream (contract 1.1). Numbers travel as strings; {@code sequenceNumber} counts all
 * messages after {@code connected} from 1.
 */
final class StreamMessages {
    private final String streamSid = Sids.next("MZ");
    private final String accountSid;
    private final String callSid;
    private int sequence;
    private int chunk;

    StreamMessages(String accountSid, String callSid) {
        this.accountSid = accountSid;
        this.callSid = callSid;
    }

    String streamSid() {
        return streamSid;
    }

    static String connected() {
        return JsonObject.of("event", "connected", "protocol", "Call", "version", "1.0.0")
                .encode();
    }

    String start(Map<String, String> customParameters) {
        JsonObject parameters = new JsonObject();
        customParameters.forEach(parameters::put);
        return message("start")
                .put(
                        "start",
                        new JsonObject()
                                .put("accountSid", accountSid)
                                .put("streamSid", streamSid)
                                .put("callSid", callSid)
                                .put("tracks", JsonArray.of("inbound"))
                                .put(
                                        "mediaFormat",
                                        JsonObject.of("encoding", "audio/x-mulaw", "sampleRate", 8000, "channels", 1))
                                .put("customParameters", parameters))
                .encode();
    }

    /** @param timestamp ms since the stream's start */
    String media(byte[] muLaw, long timestamp) {
        return message("media")
                .put(
                        "media",
                        JsonObject.of(
                                "track",
                                "inbound",
                                "chunk",
                                Integer.toString(++chunk),
                                "timestamp",
                                Long.toString(timestamp),
                                "payload",
                                Base64.getEncoder().encodeToString(muLaw)))
                .encode();
    }

    String dtmf(String digit) {
        return message("dtmf")
                .put("dtmf", JsonObject.of("track", "inbound_track", "digit", digit))
                .encode();
    }

    String mark(String name) {
        return message("mark").put("mark", JsonObject.of("name", name)).encode();
    }

    String stop() {
        return message("stop")
                .put("stop", JsonObject.of("accountSid", accountSid, "callSid", callSid))
                .encode();
    }

    private JsonObject message(String event) {
        return JsonObject.of("event", event, "sequenceNumber", Integer.toString(++sequence), "streamSid", streamSid);
    }
}
