package dev.patchbay.provider.daily;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vector is that of CONTRACTS 6. */
class DailySignatureTest {

    private static final DailySignature SIGNATURE = new DailySignature("ZGFpbHktc2VjcmV0");
    private static final byte[] BODY =
            "{\"version\":\"1.0.0\",\"type\":\"meeting.ended\",\"id\":\"e1\"}".getBytes(UTF_8);
    private static final String TIMESTAMP = "1700000000";
    private static final Instant AT = Instant.ofEpochSecond(1_700_000_000L);
    private static final String SIGNED = "by0Mna70epEsKXq/UJxaDX6Xv7QXYyA2M9lN0LH8Cq0=";

    @Test
    void theVectorIsSignedAndVerified() {
        assertThat(SIGNATURE.sign(BODY, TIMESTAMP)).isEqualTo(SIGNED);
        assertThat(SIGNATURE.verify(SIGNED, TIMESTAMP, BODY, AT)).isTrue();
    }

    @Test
    void theWindowIsAQuarterOfAnHourEitherWay() {
        Duration quarter = Duration.ofMinutes(15);
        assertThat(SIGNATURE.verify(SIGNED, TIMESTAMP, BODY, AT.plus(quarter))).isTrue();
        assertThat(SIGNATURE.verify(SIGNED, TIMESTAMP, BODY, AT.minus(quarter))).isTrue();
        assertThat(SIGNATURE.verify(SIGNED, TIMESTAMP, BODY, AT.plus(quarter).plusMillis(1)))
                .isFalse();
        assertThat(SIGNATURE.verify(SIGNED, TIMESTAMP, BODY, AT.minus(quarter).minusMillis(1)))
                .isFalse();
    }

    @Test
    void aTimestampInMillisecondsIsReadAsSuch() {
        String millis = "1700000000000";
        assertThat(SIGNATURE.verify(SIGNATURE.sign(BODY, millis), millis, BODY, AT))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        ", 1700000000",
        "by0Mna70epEsKXq/UJxaDX6Xv7QXYyA2M9lN0LH8Cq0=,",
        "by0Mna70epEsKXq/UJxaDX6Xv7QXYyA2M9lN0LH8Cq0=, 1700000001",
        "by0Mna70epEsKXq/UJxaDX6Xv7QXYyA2M9lN0LH8Cq1=, 1700000000",
        "by0Mna70epEsKXq/UJxaDX6Xv7QXYyA2M9lN0LH8Cq0=, now",
        "'', 1700000000"
    })
    void anythingElseIsNotDailys(String signature, String timestamp) {
        assertThat(SIGNATURE.verify(signature, timestamp, BODY, AT)).isFalse();
    }

    @Test
    void aChangedBodyIsNotDailys() {
        assertThat(SIGNATURE.verify(SIGNED, TIMESTAMP, new byte[0], AT)).isFalse();
    }

    @Test
    void aSecretThatIsNotBase64IsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new DailySignature("not base64!"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"test":"test"}            | true
            {"test": "test"}           | true
            {"test":"other"}           | false
            {"test":"test","type":"x"} | false
            {"type":"meeting.ended"}   | false
            ["test"]                   | false
            test                       | false
            """)
    void onlyTheCreationTestItselfNeedsNoSignature(String body, boolean test) {
        assertThat(DailyEvent.isCreationTest(body.getBytes(UTF_8))).isEqualTo(test);
    }
}
