package dev.patchbay.provider.elevenlabs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vector is that of CONTRACTS 4.6. */
class ElevenLabsSignatureTest {

    private static final ElevenLabsSignature SIGNATURE = new ElevenLabsSignature("wsec_test");
    private static final byte[] BODY =
            "{\"type\":\"post_call_transcription\",\"data\":{\"conversation_id\":\"conv_1\"}}".getBytes(UTF_8);
    private static final Instant AT = Instant.ofEpochSecond(1_700_000_000L);
    private static final String SIGNED =
            "t=1700000000,v0=4cebff1c97d12ac59a920eeb7731823d70a3d593dc31fe48a6fd7a026ad9ef81";

    @Test
    void theVectorIsSignedAndVerified() {
        assertThat(SIGNATURE.sign(BODY, AT)).isEqualTo(SIGNED);
        assertThat(SIGNATURE.verify(SIGNED, BODY, AT)).isTrue();
    }

    @Test
    void theWindowIsThirtyMinutesEitherWay() {
        assertThat(SIGNATURE.verify(SIGNED, BODY, AT.plus(Duration.ofMinutes(30))))
                .isTrue();
        assertThat(SIGNATURE.verify(SIGNED, BODY, AT.minus(Duration.ofMinutes(30))))
                .isTrue();
        assertThat(SIGNATURE.verify(
                        SIGNED, BODY, AT.plus(Duration.ofMinutes(30)).plusMillis(1)))
                .isFalse();
        assertThat(SIGNATURE.verify(
                        SIGNED, BODY, AT.minus(Duration.ofMinutes(30)).minusMillis(1)))
                .isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "t=1700000000",
                "v0=4cebff1c97d12ac59a920eeb7731823d70a3d593dc31fe48a6fd7a026ad9ef81",
                "t=1700000001,v0=4cebff1c97d12ac59a920eeb7731823d70a3d593dc31fe48a6fd7a026ad9ef81",
                "t=1700000000,v0=4cebff1c97d12ac59a920eeb7731823d70a3d593dc31fe48a6fd7a026ad9ef80",
                "t=1700000000,v1=4cebff1c97d12ac59a920eeb7731823d70a3d593dc31fe48a6fd7a026ad9ef81"
            })
    void anythingElseIsNotElevenLabs(String header) {
        assertThat(SIGNATURE.verify(header, BODY, AT)).isFalse();
    }

    @Test
    void aChangedBodyOrAnotherSecretIsNotElevenLabs() {
        assertThat(SIGNATURE.verify(SIGNED, new byte[0], AT)).isFalse();
        assertThat(new ElevenLabsSignature("other").verify(SIGNED, BODY, AT)).isFalse();
    }
}
