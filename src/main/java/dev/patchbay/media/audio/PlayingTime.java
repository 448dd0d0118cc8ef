package dev.patchbay.media.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.OptionalDouble;

/**
 * How long a piece of audio plays, in seconds, told from its bytes: by their number for headerless formats, by the header
 * of a WAV file, by the frames of an MP3 stream (ISO 11172-3, so also of one with a variable bit rate).
 */
final class PlayingTime {

    private static final int ID3_HEADER = 10;
    private static final int ID3V1 = 128;

    /** kbit/s of layer III by index: MPEG-1, then MPEG-2 and 2.5. */
    private static final int[][] BITRATES = {
        {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
        {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}
    };

    /** Hz by index, MPEG-1; MPEG-2 has half, 2.5 a quarter. */
    private static final int[] RATES = {44_100, 48_000, 32_000};

    private PlayingTime() {}

    static OptionalDouble of(EncodedAudio audio) {
        byte[] bytes = audio.bytes();
        return switch (EncodedAudio.codec(audio.format())) {
            case "ulaw", "alaw" -> seconds(bytes.length, rate(audio.format()));
            case "pcm" -> seconds(bytes.length, 2L * rate(audio.format()));
            case "wav" -> wav(bytes);
            case "mp3" -> mp3(bytes);
            default -> OptionalDouble.empty();
        };
    }

    private static OptionalDouble seconds(long units, long perSecond) {
        return perSecond <= 0 ? OptionalDouble.empty() : OptionalDouble.of((double) units / perSecond);
    }

    /** The number behind the codec's name; 0 when there is none. */
    private static int rate(String format) {
        String[] parts = format.split("_", -1);
        return parts.length > 1 && parts[1].matches("\\d{4,6}") ? Integer.parseInt(parts[1]) : 0;
    }

    private static OptionalDouble wav(byte[] bytes) {
        if (bytes.length < 12
                || !text(bytes, 0).equals("RIFF")
                || !text(bytes, 8).equals("WAVE")) {
            return OptionalDouble.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long bytesPerSecond = 0;
        for (long at = 12; at + 8 <= bytes.length; ) {
            long length = in.getInt((int) at + 4) & 0xFFFF_FFFFL;
            String chunk = text(bytes, (int) at);
            if (chunk.equals("fmt ") && at + 20 <= bytes.length) {
                bytesPerSecond = in.getInt((int) at + 16) & 0xFFFF_FFFFL;
            } else if (chunk.equals("data")) {
                // Who writes while still speaking does not know the length, and gives 0 or the greatest number.
                long there = bytes.length - at - 8;
                return seconds(length == 0 ? there : Math.min(length, there), bytesPerSecond);
            }
            at += 8 + length + (length & 1);
        }
        return OptionalDouble.empty();
    }

    private static OptionalDouble mp3(byte[] bytes) {
        int at = 0;
        if (bytes.length > ID3_HEADER && text(bytes, 0).startsWith("ID3")) {
            at = ID3_HEADER + (bytes[6] << 21 | bytes[7] << 14 | bytes[8] << 7 | bytes[9]);
        }
        double seconds = 0;
        for (boolean first = true; at >= 0 && at + 4 <= bytes.length; first = false) {
            Frame frame = Frame.at(bytes, at);
            if (frame == null) {
                boolean tag = at + ID3V1 == bytes.length && text(bytes, at).startsWith("TAG");
                return tag && seconds > 0 ? OptionalDouble.of(seconds) : OptionalDouble.empty();
            }
            if (at + frame.length() <= bytes.length && !(first && frame.isIndex(bytes, at))) {
                seconds += frame.seconds();
            }
            at += frame.length();
        }
        return seconds > 0 ? OptionalDouble.of(seconds) : OptionalDouble.empty();
    }

    /**
     * A frame of layer III.
     *
     * @param length bytes with the header
     * @param sideInfo bytes between header and data
     */
    private record Frame(int length, double seconds, int sideInfo) {

        @SuppressWarnings("NullAway") // null for "no frame begins here"
        static Frame at(byte[] bytes, int at) {
            int header = ByteBuffer.wrap(bytes, at, 4).getInt();
            int version = header >> 19 & 3; // 3 is MPEG-1, 2 MPEG-2, 0 MPEG-2.5
            int bitrate = header >> 12 & 15;
            int rate = header >> 10 & 3;
            boolean synchronous = (header >>> 21) == 0x7FF && version != 1 && (header >> 17 & 3) == 1;
            if (!synchronous || bitrate == 0 || bitrate == 15 || rate == 3) {
                return null;
            }
            boolean mpeg1 = version == 3;
            int hertz = RATES[rate] >> (mpeg1 ? 0 : version == 2 ? 1 : 2);
            int samples = mpeg1 ? 1152 : 576;
            int length = samples / 8 * BITRATES[mpeg1 ? 0 : 1][bitrate] * 1000 / hertz + (header >> 9 & 1);
            boolean mono = (header >> 6 & 3) == 3;
            return new Frame(length, (double) samples / hertz, mpeg1 ? (mono ? 17 : 32) : (mono ? 9 : 17));
        }

        /** Whether it holds an encoder's index of the stream instead of sound. */
        boolean isIndex(byte[] bytes, int at) {
            String word = text(bytes, at + 4 + sideInfo);
            return word.equals("Xing") || word.equals("Info");
        }
    }

    private static String text(byte[] bytes, int at) {
        return at + 4 <= bytes.length ? new String(bytes, at, 4, StandardCharsets.ISO_8859_1) : "";
    }
}
