package dev.patchbay.media.audio;

import java.util.OptionalDouble;

/**
 * A finished piece of audio in a format that speech services name {@code codec_rate} or {@code codec_rate_bitrate}: {@code
 * mp3_44100_128}, {@code ulaw_8000}, {@code pcm_16000} (signed 16-bit little-endian without a header), {@code wav_16000},
 * {@code opus_48000_64}. One channel, except where a header says otherwise.
 *
 * @param format its name
 * @param bytes the audio; not to be changed
 */
public record EncodedAudio(String format, byte[] bytes) {

    /** The media type by which a player, Twilio's {@code <Play>} included, knows how to read it. */
    public String contentType() {
        return switch (codec(format)) {
            case "mp3" -> "audio/mpeg";
            case "wav" -> "audio/wav";
            case "ulaw" -> "audio/ulaw"; // Twilio's word; audio/basic in the registry, which it does not list
            case "alaw" -> "audio/x-alaw-basic";
            case "opus" -> "audio/ogg";
            default -> "audio/" + codec(format); // headerless PCM; audio/L16 would be big-endian
        };
    }

    /** Playing time in seconds; empty where the bytes do not tell. */
    public OptionalDouble duration() {
        return PlayingTime.of(this);
    }

    static String codec(String format) {
        int end = format.indexOf('_');
        return end < 0 ? format : format.substring(0, end);
    }
}
