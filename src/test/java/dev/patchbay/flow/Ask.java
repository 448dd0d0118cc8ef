package dev.patchbay.flow;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the gateway asks of its providers over REST, one line each: whom, what, and what a provider that is well answers
 * (CONTRACTS 3 to 7). {@code MARK} stands for the eleven digits that tell a case, {@code SID} for 32 that end with them.
 */
enum Ask {
    MESSAGE_CREATE("twilio", "POST .*/Messages\\.json", 201, "{'sid':'SM-SID','status':'queued'}"),
    MESSAGE_FETCH("twilio", "GET .*/Messages/\\w+\\.json", 200, "{'sid':'SM-SID','status':'delivered'}"),
    CALL_CREATE("twilio", "POST .*/Calls\\.json", 201, "{'sid':'CA-SID','status':'queued'}"),
    CALL_UPDATE("twilio", "POST .*/Calls/\\w+\\.json", 200, "{'sid':'CA-SID','status':'in-progress'}"),
    CALL_FETCH("twilio", "GET .*/Calls/\\w+\\.json", 200, "{'sid':'CA-SID','status':'in-progress'}"),
    RECORDING_FETCH("twilio", "GET .*/Recordings/\\w+\\.wav", 200, "RIFF....WAVE", "audio/x-wav"),
    RECORDING_DELETE("twilio", "DELETE .*/Recordings/\\w+\\.json", 204, ""),
    CALL_REGISTER("retell", "POST /v2/register-phone-call", 201, "{'call_id':'registered-MARK'}"),
    CALL_ORDER("retell", "POST /v2/create-phone-call", 201, "{'call_id':'ordered-MARK'}"),
    ROOM_CREATE("daily", "POST /rooms", 200, "{'url':'https://played.daily.co/MARK'}"),
    TOKEN_CREATE("daily", "POST /meeting-tokens", 200, "{'token':'token'}"),
    ROOM_DELETE("daily", "DELETE /rooms/\\w+", 200, "{'deleted':true}"),
    SPEECH("elevenlabs", "POST /v1/text-to-speech/\\w+", 200, "MARK spoken", "audio/mpeg"),
    SIGNED_URL("elevenlabs", "GET /v1/convai/conversation/get-signed-url", 200, "{'signed_url':'ws://127.0.0.1:1/'}"),
    CHAT("openai", "POST /v1/chat/completions", 200, "{'choices':[{'message':{'content':'I hear MARK.'}}]}");

    private final String provider;
    private final Pattern request;
    private final int status;
    private final String body;
    private final String contentType;

    Ask(String provider, String request, int status, String body) {
        this(provider, request, status, body, "application/json");
    }

    Ask(String provider, String request, int status, String body, String contentType) {
        this.provider = provider;
        this.request = Pattern.compile(request.replaceFirst(" ", " /" + provider));
        this.status = status;
        this.body = body.replace('\'', '"');
        this.contentType = contentType;
    }

    /** @param request {@code POST /twilio/2010-04-01/...}, without its query; empty for what only the health probe asks */
    static Optional<Ask> of(String request) {
        return Stream.of(values())
                .filter(ask -> ask.request.matcher(request).matches())
                .findFirst();
    }

    String provider() {
        return provider;
    }

    /** Whether to be asked twice would do harm. */
    boolean onlyOnce() {
        return request.pattern().startsWith("POST");
    }

    int status() {
        return status;
    }

    String contentType() {
        return contentType;
    }

    byte[] body(String mark) {
        return body.replace("-SID", sid(mark)).replace("MARK", mark).getBytes(StandardCharsets.UTF_8);
    }

    /** What stands behind {@code SM}, {@code CA} or {@code RE} in the ids of a case. */
    static String sid(String mark) {
        return "0".repeat(32 - mark.length()) + mark;
    }
}
