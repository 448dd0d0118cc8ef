package dev.patchbay.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.media.audio.AudioFormat;
import dev.patchbay.media.audio.MediaCodec;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The levels must survive what the gateway does to them; else every frame would count as damaged. */
class LevelCodeTest {

    @ParameterizedTest
    @EnumSource(
            value = AudioFormat.class,
            names = {"ULAW_8000", "PCM_8000", "PCM_16000"})
    void isHeardAfterTranscodingThereAndBack(AudioFormat agent) {
        MediaCodec up = new MediaCodec(AudioFormat.ULAW_8000, agent);
        MediaCodec down = new MediaCodec(agent, AudioFormat.ULAW_8000);
        for (int frame = 0; frame < 200; frame++) {
            byte[] spoken = Base64.getDecoder().decode(LevelCode.payload(LevelCode.level(5, frame)));
            byte[] heard = convert(down, convert(up, spoken));
            byte[] payload = Base64.getEncoder().encode(heard);

            assertThat(heard).hasSize(LevelCode.FRAME_BYTES);
            assertThat(LevelCode.heard(payload, 0, 0, heard.length)).isEqualTo(LevelCode.level(5, frame));
        }
    }

    private static byte[] convert(MediaCodec codec, byte[] in) {
        byte[] out = new byte[codec.maxOutput(in.length)];
        int length = codec.convert(in, 0, in.length, out, 0);
        return Arrays.copyOf(out, length);
    }
}
