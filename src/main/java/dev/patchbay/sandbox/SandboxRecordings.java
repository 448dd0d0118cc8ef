package dev.patchbay.sandbox;

import dev.patchbay.sandbox.caller.CallerAudio;
import dev.patchbay.sandbox.caller.RecordingShelf;
import dev.patchbay.sandbox.speech.BundledSpeech;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The media of Twilio's recordings, of the last 20. Messages of bundled speech are understood, others are not. */
public final class SandboxRecordings implements RecordingShelf {

    private static final int MOST_KEPT = 20;
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,9})-(\\d{0,9})");

    /**
     * Media of Twilio's API.
     *
     * @param range the header Content-Range; null when it is the whole
     */
    @SuppressWarnings("ArrayRecordComponent") // sent once, compared with nothing
    public record Media(int status, byte[] bytes, @Nullable String range) {}

    private final Map<String, byte[]> recordings = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
            return size() > MOST_KEPT;
        }
    });

    @Override
    public void keep(String recordingSid, byte[] wav) {
        recordings.put(recordingSid, wav);
    }

    @Override
    public String words(short[] samples) {
        for (BundledSpeech speech : BundledSpeech.values()) {
            CallerAudio audio = CallerAudio.of(speech.wav());
            if (Arrays.equals(audio.samples(audio.millis()), samples)) {
                return speech.words();
            }
        }
        return "";
    }

    /** @return whether it was there */
    boolean delete(String sid) {
        return recordings.remove(sid) != null;
    }

    /** A recording as WAV. @param range {@code bytes=from-to} or null */
    public Media media(String sid, @Nullable String range) {
        byte[] wav = recordings.get(sid.replaceFirst("\\.wav$", ""));
        if (wav == null) {
            return new Media(404, new byte[0], null);
        }
        Matcher part = RANGE.matcher(range == null ? "" : range);
        if (!part.matches()) {
            return new Media(200, wav, null);
        }
        int from = Integer.parseInt(part.group(1));
        int to = part.group(2).isEmpty() ? wav.length - 1 : Math.min(Integer.parseInt(part.group(2)), wav.length - 1);
        return from > to
                ? new Media(416, new byte[0], "bytes */" + wav.length)
                : new Media(206, Arrays.copyOfRange(wav, from, to + 1), "bytes " + from + "-" + to + "/" + wav.length);
    }
}
