package dev.patchbay.sandbox;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.sandbox.caller.CallRequest;
import dev.patchbay.sandbox.caller.CallerAudio;
import dev.patchbay.sandbox.caller.CallerBehaviour;
import dev.patchbay.sandbox.speech.BundledSpeech;
import dev.patchbay.sandbox.speech.WavFile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A simulated call as someone orders it:
 * {@code {"from", "to", "agent"?, "call_sid"?, "audio"?, "keys"?, "answers"?, "speak_after_ms"?, "hang_up_after_ms"?}}.
 * {@code audio} is the name of bundled speech or a WAV file in base64; {@code agent} is the id of one of our agents, which
 * then answers instead of the one that the routes would choose; {@code call_sid} is Twilio's id of the call, for who must
 * know it before; {@code keys} are pressed in the conversation, one a second; {@code answers} are what menus are answered,
 * as a list or one text: keys or words, the last one for all further menus.
 */
record CallOrder(
        String from,
        String to,
        @Nullable String agent,
        @Nullable String callSid,
        CallerAudio audio,
        CallerBehaviour behaviour) {
    private static final Pattern AGENT_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern CALL_SID = Pattern.compile("CA[0-9a-f]{32}");
    private static final Pattern KEYS = Pattern.compile("[0-9*#]{1,20}");
    private static final int LONGEST_PARTY = 64;
    private static final int LONGEST_MILLIS = 120_000;
    private static final int MOST_ANSWERS = 20;
    private static final int LONGEST_ANSWER = 200;

    /** @throws PatchbayException invalid request, which begins with the field's name */
    static CallOrder read(JsonObject order) {
        Object audio = order.getValue("audio");
        if (audio != null && !(audio instanceof String)) {
            throw invalid("audio", "is not a string");
        }
        return read(order, audio == null ? BundledSpeech.CALLER.wav() : named((String) audio));
    }

    /** With a WAV file that was sent beside the fields. */
    static CallOrder read(JsonObject order, byte[] audio) {
        return read(order, wav(audio));
    }

    CallRequest request(URI gateway, String accountSid, String authToken) {
        CallRequest request = CallRequest.of(from, to, audio, gateway, accountSid, authToken)
                .with(behaviour)
                .called(callSid);
        return agent == null ? request : request.to("/api/webhooks/twilio/" + agent);
    }

    private static CallOrder read(JsonObject order, WavFile wav) {
        CallerAudio audio = CallerAudio.of(wav);
        if (audio.millis() > LONGEST_MILLIS) {
            throw invalid("audio", "is longer than 120 s");
        }
        Integer speakAfter = millis(order, "speak_after_ms");
        Integer hangUpAfter = millis(order, "hang_up_after_ms");
        CallerBehaviour behaviour = CallerBehaviour.DEFAULT
                .answering(answers(order.getValue("answers")))
                .pressing(keys(order.getValue("keys")));
        if (speakAfter != null) {
            behaviour = behaviour.speakingAfter(Duration.ofMillis(speakAfter));
        }
        if (hangUpAfter != null) {
            behaviour = behaviour.hangingUpAfter(Duration.ofMillis(hangUpAfter));
        }
        return new CallOrder(
                party(order, "from"),
                party(order, "to"),
                matching(order, "agent", AGENT_ID, "is not an agent id"),
                matching(order, "call_sid", CALL_SID, "is not CA and 32 hex digits"),
                audio,
                behaviour);
    }

    private static WavFile named(String audio) {
        Optional<BundledSpeech> bundled = BundledSpeech.of(audio);
        if (bundled.isPresent()) {
            return bundled.get().wav();
        }
        byte[] file;
        try {
            file = Base64.getDecoder().decode(audio.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw invalid("audio", "is neither bundled speech (caller, greeting) nor base64");
        }
        return wav(file);
    }

    private static WavFile wav(byte[] file) {
        try {
            return WavFile.read(file);
        } catch (IllegalArgumentException e) {
            throw invalid("audio", String.valueOf(e.getMessage()));
        }
    }

    private static String party(JsonObject order, String field) {
        if (order.getValue(field) instanceof String given && !given.isBlank()) {
            if (given.length() > LONGEST_PARTY) {
                throw invalid(field, "is longer than " + LONGEST_PARTY + " characters");
            }
            return given.strip();
        }
        throw invalid(field, "is missing");
    }

    private static @Nullable String matching(JsonObject order, String field, Pattern pattern, String fault) {
        Object given = order.getValue(field);
        if (given == null) {
            return null;
        }
        if (given instanceof String text && pattern.matcher(text).matches()) {
            return text;
        }
        throw invalid(field, fault);
    }

    private static List<CallerBehaviour.Key> keys(@Nullable Object given) {
        if (given == null) {
            return List.of();
        }
        if (!(given instanceof String keys) || !KEYS.matcher(keys).matches()) {
            throw invalid("keys", "are none of 0-9, * and #, at most " + MOST_ANSWERS);
        }
        return IntStream.range(0, keys.length())
                .mapToObj(i -> new CallerBehaviour.Key(Duration.ofSeconds(i + 1), keys.substring(i, i + 1)))
                .toList();
    }

    private static List<String> answers(@Nullable Object given) {
        List<?> list = given == null ? List.of() : given instanceof JsonArray many ? many.getList() : List.of(given);
        if (list.size() > MOST_ANSWERS) {
            throw invalid("answers", "are more than " + MOST_ANSWERS);
        }
        List<String> answers = new ArrayList<>();
        for (Object answer : list) {
            if (!(answer instanceof String text) || text.length() > LONGEST_ANSWER) {
                throw invalid("answers", "are no texts of at most " + LONGEST_ANSWER + " characters");
            }
            answers.add(text.strip());
        }
        return answers;
    }

    private static @Nullable Integer millis(JsonObject order, String field) {
        Object given = order.getValue(field);
        if (given == null) {
            return null;
        }
        try {
            int millis = Integer.parseInt(given.toString());
            if (millis >= 0 && millis <= LONGEST_MILLIS) {
                return millis;
            }
        } catch (NumberFormatException e) {
            // Said below: not a whole number.
        }
        throw invalid(field, "is not a whole number from 0 to " + LONGEST_MILLIS);
    }

    static PatchbayException invalid(String field, String fault) {
        return new PatchbayException(ErrorCategory.INVALID_REQUEST, null, field + ": " + fault);
    }
}
