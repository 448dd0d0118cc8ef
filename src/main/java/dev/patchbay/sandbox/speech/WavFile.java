package dev.patchbay.sandbox.speech;

import dev.patchbay.media.audio.AudioFormat;
import dev.patchbay.media.audio.Resampler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/**
 * A WAV file of 16-bit PCM, held as mono samples: stereo is mixed down when it is read.
 *
 * <p>Rates are those of {@link AudioFormat}: 8000, 16000, 22050, 24000, 44100 and 48000 Hz.
 */
public final class WavFile {
    private final int sampleRate;
    private final short[] samples;

    private WavFile(int sampleRate, short[] samples) {
        this.sampleRate = sampleRate;
        this.samples = samples;
    }

    /**
     * Reads a whole file.
     *
     * @throws IllegalArgumentException which names what is wrong with the file, fit for the person who sent it
     */
    public static WavFile read(byte[] file) {
        try (AudioInputStream in = AudioSystem.getAudioInputStream(new ByteArrayInputStream(file))) {
            // AudioSystem would read AU and AIFF just as well.
            if (!AudioFileFormat.Type.WAVE.equals(AudioSystem.getAudioFileFormat(new ByteArrayInputStream(file))
                    .getType())) {
                throw new IllegalArgumentException("not a WAV file");
            }
            var format = in.getFormat();
            int rate = Math.round(format.getSampleRate());
            // 8-bit PCM is unsigned; its fault is the sample size, named below.
            check(
                    format.getEncoding().equals(Encoding.PCM_SIGNED)
                            || format.getEncoding().equals(Encoding.PCM_UNSIGNED),
                    "encoding is " + format.getEncoding() + ", not PCM");
            check(format.getSampleSizeInBits() == 16, format.getSampleSizeInBits() + " bits per sample, not 16");
            check(format.getChannels() <= 2, format.getChannels() + " channels, not 1 or 2");
            check(
                    Arrays.stream(AudioFormat.values()).anyMatch(known -> known.sampleRate() == rate),
                    "sample rate is " + rate + " Hz, not one of 8000, 16000, 22050, 24000, 44100, 48000");
            byte[] pcm = in.readAllBytes();
            check(pcm.length >= format.getFrameSize(), "no samples in it");
            return new WavFile(rate, mono(pcm, format.getChannels()));
        } catch (UnsupportedAudioFileException e) {
            throw new IllegalArgumentException("not a WAV file", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("the WAV file ends too early", e);
        }
    }

    /** A 16-bit PCM WAV file of one or two channels of the same length. */
    public static byte[] write(int sampleRate, short[]... channels) {
        int frames = channels[0].length;
        ByteBuffer pcm = ByteBuffer.allocate(frames * channels.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < frames; i++) {
            for (short[] channel : channels) {
                pcm.putShort(channel[i]);
            }
        }
        var format = new javax.sound.sampled.AudioFormat(sampleRate, 16, channels.length, true, false);
        var file = new ByteArrayOutputStream();
        try {
            var in = new AudioInputStream(new ByteArrayInputStream(pcm.array()), format, frames);
            AudioSystem.write(in, AudioFileFormat.Type.WAVE, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }

    /** Hz. */
    public int sampleRate() {
        return sampleRate;
    }

    /** Mono samples at {@link #sampleRate()}. */
    public short[] samples() {
        return samples.clone();
    }

    /** Mono samples at another rate (Hz). */
    public short[] samplesAt(int rate) {
        if (rate == sampleRate) {
            return samples();
        }
        Resampler resampler = new Resampler(sampleRate, rate);
        short[] out = new short[resampler.maxOutput(samples.length)];
        return Arrays.copyOf(out, resampler.resample(samples, 0, samples.length, out, 0));
    }

    private static short[] mono(byte[] pcm, int channels) {
        var in = ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        short[] samples = new short[in.remaining() / channels];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = channels == 1 ? in.get(i) : (short) ((in.get(2 * i) + in.get(2 * i + 1)) / 2);
        }
        return samples;
    }

    private static void check(boolean holds, String fault) {
        if (!holds) {
            throw new IllegalArgumentException(fault);
        }
    }
}
