package dev.patchbay.media.audio;

import java.util.Locale;
import java.util.Optional;

/**
 * An audio format as providers name it on the wire: one channel, either mu-law (ITU-T G.711, 1 byte per sample) or
 * linear PCM (signed 16-bit little-endian, 2 bytes per sample), at the sample rate in Hz that its name ends with.
 */
public enum AudioFormat {
    ULAW_8000(8_000, 1),
    PCM_8000(8_000, 2),
    PCM_16000(16_000, 2),
    PCM_22050(22_050, 2),
    PCM_24000(24_000, 2),
    PCM_44100(44_100, 2),
    PCM_48000(48_000, 2);

    private final String wireName = name().toLowerCase(Locale.ROOT);
    private final int sampleRate;
    private final int bytesPerSample;

    AudioFormat(int sampleRate, int bytesPerSample) {
        this.sampleRate = sampleRate;
        this.bytesPerSample = bytesPerSample;
    }

    /** The provider's name for it, such as {@code ulaw_8000}. */
    public String wireName() {
        return wireName;
    }

    /** Samples per second, Hz. */
    public int sampleRate() {
        return sampleRate;
    }

    public int bytesPerSample() {
        return bytesPerSample;
    }

    /** Bytes of 20 ms, the length of a telephone frame: a whole number of samples at every rate here. */
    public int bytesPer20Ms() {
        return sampleRate / 50 * bytesPerSample;
    }

    /** The format of that wire name, in lower case as the providers write it; empty when it is none of these. */
    public static Optional<AudioFormat> of(String wireName) {
        for (AudioFormat format : values()) {
            if (format.wireName.equals(wireName)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
