package dev.patchbay.provider.retell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vector is that of CONTRACTS 5. */
class RetellSignatureTest {

    private static final RetellSignature SIGNATURE = new RetellSignature("key_test");
    private static final byte[] BODY = "{\"event\":\"call_ended\",\"call\":{\"call_id\":\"call_1\"}}".getBytes(UTF_8);
    private static final Instant AT = Instant.ofEpochMilli(1_700_000_000_000L);
    private static final String SIGNED =
            "v=1700000000000,d=f00d2c803854498b298b1b49c4012d741a5149d40394940cbc2dd6be7307561c";

    @Test
    void theVectorIsSignedAndVerified() {
        assertThat(SIGNATURE.sign(BODY, AT)).isEqualTo(SIGNED);
        assertThat(SIGNATURE.verify(SIGNED, BODY, AT)).isTrue();
    }

    @Test
    void theWindowIsFiveMinutesEitherWay() {
        assertThat(SIGNATURE.verify(SIGNED, BODY, AT.plus(Duration.ofMinutes(5))))
                .isTrue();
        assertThat(SIGNATURE.verify(SIGNED, BODY, AT.minus(Duration.ofMinutes(5))))
                .isTrue();
        assertThat(SIGNATURE.verify(SIGNED, BODY, AT.plus(Duration.ofMinutes(5)).plusMillis(1)))
                .isFalse();
        assertThat(SIGNATURE.verify(
                        SIGNED, BODY, AT.minus(Duration.ofMinutes(5)).minusMillis(1)))
                .isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "f00d2c803854498b298b1b49c4012d741a5149d40394940cbc2dd6be7307561c",
                "v=1700000000000",
                "v=1700000000001,d=f00d2c803854498b298b1b49c4012d741a5149d40394940cbc2dd6be7307561c",
                "v=1700000000000,d=f00d2c803854498b298b1b49c4012d741a5149d40394940cbc2dd6be7307561d",
                "v=99999999999999999999,d=f00d2c803854498b298b1b49c4012d741a5149d40394940cbc2dd6be7307561c",
                "v=1700000000000,d=zz0d2c803854498b298b1b49c4012d741a5149d40394940cbc2dd6be7307561c"
            })
    void anythingElseIsNotRetells(String header) {
        assertThat(SIGNATURE.verify(header, BODY, AT)).isFalse();
    }

    @Test
    void aChangedBodyOrAnotherKeyIsNotRetells() {
        assertThat(SIGNATURE.verify(SIGNED, "{\"event\": \"call_ended\"}".getBytes(UTF_8), AT))
                .isFalse();
        assertThat(new RetellSignature("other").verify(SIGNED, BODY, AT)).isFalse();
    }

    @Test
    void anEmptyKeyIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RetellSignature(""));
    }
}
