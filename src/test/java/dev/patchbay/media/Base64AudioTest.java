package dev.patchbay.media;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Base64AudioTest {

    private static final byte[] BEFORE = "{\"payload\":\"".getBytes(US_ASCII);
    private static final byte[] AFTER = "\"}".getBytes(US_ASCII);

    private final Random random = new Random(3);

    @Test
    void bothDirectionsForLengthsThatChange() {
        Base64Audio reading = new Base64Audio();
        Base64Audio writing = new Base64Audio();
        for (int i = 0; i < 2_000; i++) {
            byte[] audio = new byte[random.nextInt(700)];
            random.nextBytes(audio);
            byte[] message = writing.message(BEFORE, audio, audio.length, AFTER);
            assertThat(new String(message, US_ASCII))
                    .isEqualTo("{\"payload\":\"" + Base64.getEncoder().encodeToString(audio) + "\"}");
            int length = reading.decode(message, BEFORE.length, message.length - AFTER.length);
            assertThat(Arrays.copyOf(reading.audio(), length)).isEqualTo(audio);
        }
    }

    @Test
    void writesOnlyTheLengthThatCounts() {
        Base64Audio audio = new Base64Audio();
        byte[] data = {1, 2, 3, 4, 5, 6, 7};
        assertThat(new String(audio.message(BEFORE, data, 4, AFTER), US_ASCII)).isEqualTo("{\"payload\":\"AQIDBA==\"}");
    }

    @Test
    void aMessageIsNotTouchedByTheNextOne() {
        Base64Audio audio = new Base64Audio();
        byte[] first = audio.message(BEFORE, new byte[] {1, 2, 3}, 3, AFTER);
        audio.message(BEFORE, new byte[] {9, 9, 9}, 3, AFTER);
        assertThat(new String(first, US_ASCII)).isEqualTo("{\"payload\":\"AQID\"}");
    }

    @Test
    void readsBase64WithoutItsPadding() {
        Base64Audio audio = new Base64Audio();
        byte[] text = "AQIDBA".getBytes(US_ASCII);
        assertThat(audio.decode(text, 0, text.length)).isEqualTo(4);
        assertThat(Arrays.copyOf(audio.audio(), 4)).containsExactly(1, 2, 3, 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "AQID*A==", "AQ=D", "AQIDBA=", "AQ\\/D", "AQ D"})
    void refusesWhatIsNotBase64(String text) {
        byte[] bytes = text.getBytes(US_ASCII);
        assertThatIllegalArgumentException().isThrownBy(() -> new Base64Audio().decode(bytes, 0, bytes.length));
    }

    @Test
    void goesOnAfterWhatItRefused() {
        Base64Audio audio = new Base64Audio();
        byte[] bad = "****".getBytes(US_ASCII);
        byte[] good = "AQID".getBytes(US_ASCII);
        assertThatIllegalArgumentException().isThrownBy(() -> audio.decode(bad, 0, 4));
        assertThat(audio.decode(good, 0, 4)).isEqualTo(3);
        assertThat(Arrays.copyOf(audio.audio(), 3)).containsExactly(1, 2, 3);
    }
}
