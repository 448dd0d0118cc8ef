package dev.patchbay.provider.twilio;

import dev.patchbay.call.Placement;
import dev.patchbay.call.Speech;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.http.JsonFields;
import dev.patchbay.http.ParameterValues;
import dev.patchbay.http.PublicUrl;
import dev.patchbay.twiml.Twiml;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Requests of seed 001 that call somebody with a document, and their answers. */
public final class TwilioVoice {

    /** Of a text and of a document; Twilio refuses longer TwiML. In characters. */
    private static final int LONGEST = 4000;

    private static final Set<String> TWILIOS_OWN = Set.of("alice", "man", "woman");
    private static final Pattern FAMILY = Pattern.compile("(Polly|Google)\\.[A-Za-z0-9_-]{1,60}");
    private static final Pattern OTHERS = Pattern.compile("([a-z]+):([A-Za-z0-9_-]{1,64})");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");

    private final TwilioAccount account;
    private final CallRecorder recorder;

    public TwilioVoice(TwilioAccount account, CallRecorder recorder) {
        this.account = account;
        this.recorder = recorder;
    }

    /**
     * {@code {to, message, voice?, language?, from?}} as a text to speak.
     *
     * @throws PatchbayException unavailable without an account, invalid request naming the field
     */
    public Speech speech(@Nullable String body) {
        String number = account.requiredNumber();
        JsonFields fields = JsonFields.of(body);
        return speech(
                fields.phone("to"),
                fields.phoneOr("from", number),
                fields.required("message", LONGEST),
                fields.text("voice"),
                fields.text("language"));
    }

    /**
     * A text to speak, of a kamelet's parameters; all but {@code to} and {@code text} may be blank.
     *
     * @throws PatchbayException unavailable without an account, invalid request naming the parameter
     */
    public Speech spokenTo(
            @Nullable String to,
            @Nullable String from,
            @Nullable String text,
            @Nullable String voice,
            @Nullable String language) {
        String number = account.requiredNumber();
        return speech(
                ParameterValues.phone("to", to),
                ParameterValues.phoneOr("from", from, number),
                ParameterValues.required("text", text, LONGEST),
                ParameterValues.text(voice),
                ParameterValues.text(language));
    }

    private static Speech speech(
            String to, String from, String text, @Nullable String givenVoice, @Nullable String language) {
        if (language != null && !LANGUAGE.matcher(language).matches()) {
            throw JsonFields.invalid("language", "is not a language tag such as en-US");
        }
        String voice = Objects.requireNonNullElse(givenVoice, "alice");
        var other = OTHERS.matcher(voice);
        if (other.matches()) {
            return new Speech(to, from, text, other.group(1), other.group(2), language);
        }
        if (!TWILIOS_OWN.contains(voice) && !FAMILY.matcher(voice).matches()) {
            throw JsonFields.invalid(
                    "voice", "is none of alice, man, woman, Polly.<name>, Google.<name>, elevenlabs:<voice id>");
        }
        return new Speech(to, from, text, "twilio", voice, language);
    }

    /** The provider whose voice speaks. */
    public String speaker(Speech speech) {
        return speech.speaker();
    }

    /** The document that speaks the text with a voice of Twilio's. */
    public String say(Speech speech) {
        return Twiml.say(speech.text(), speech.voice(), speech.language());
    }

    /**
     * The call that plays this document.
     *
     * @throws PatchbayException invalid request, when Twilio would refuse it for its length
     */
    public Placement saying(Speech speech, String twiml) {
        if (twiml.length() > LONGEST) {
            throw JsonFields.invalid("message", "is too long: its TwiML has more than " + LONGEST + " characters");
        }
        return Placement.of(speech.to(), speech.from(), twiml, null, recorder.records(null, speech.to(), Map.of()));
    }

    /**
     * {@code {to, twiml_url | twiml | name, from?}} as a call.
     *
     * @throws PatchbayException unavailable without an account, invalid request naming the field
     */
    public Placement call(@Nullable String body) {
        String number = account.requiredNumber();
        JsonFields fields = JsonFields.of(body);
        String to = fields.phone("to");
        String from = fields.phoneOr("from", number);
        String url = fields.text("twiml_url");
        String twiml = fields.text("twiml");
        String name = fields.text("name");
        if (Stream.of(url, twiml, name).filter(Objects::nonNull).count() != 1) {
            throw JsonFields.invalid("twiml_url", "is missing; or give twiml or name instead, one of the three");
        }
        if (name != null && !NAME.matcher(name).matches()) {
            throw JsonFields.invalid("name", "may have letters, digits, - and _ only");
        }
        if (twiml != null && twiml.length() > LONGEST) {
            throw JsonFields.invalid("twiml", "is longer than " + LONGEST + " characters");
        }
        String document = url != null
                ? PublicUrl.parse("twiml_url", url).toString()
                : name != null ? account.url("/twiml/" + name).toString() : null;
        return Placement.of(to, from, twiml, document, recorder.records(null, to, Map.of()));
    }

    /** {@code {status: success, sid, to, message}}. */
    public Map<String, @Nullable Object> spoken(Speech speech, String callSid) {
        Map<String, @Nullable Object> json = success(callSid, speech.to());
        json.put("message", speech.text());
        return json;
    }

    /** {@code {status: success, sid, to, from}}. */
    public Map<String, @Nullable Object> called(Placement placement, String callSid) {
        Map<String, @Nullable Object> json = success(callSid, placement.to());
        json.put("from", placement.from());
        return json;
    }

    private static Map<String, @Nullable Object> success(String callSid, String to) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("status", "success");
        json.put("sid", callSid);
        json.put("to", to);
        return json;
    }
}
