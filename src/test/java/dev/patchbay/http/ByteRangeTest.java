package dev.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1, bytes 0-0/1000",
        "bytes=0-499, 0, 500, bytes 0-499/1000",
        "bytes=500-, 500, 500, bytes 500-999/1000",
        "bytes=-200, 800, 200, bytes 800-999/1000",
        "bytes=-5000, 0, 1000, bytes 0-999/1000",
        "bytes=900-5000, 900, 100, bytes 900-999/1000",
        "bytes=999-, 999, 1, bytes 999-999/1000"
    })
    void onePartOfTheBody(String header, long from, long length, String contentRange) {
        ByteRange range = ByteRange.of(header, 1000).orElseThrow();

        assertThat(range).isEqualTo(new ByteRange(from, length));
        assertThat(range.contentRange(1000)).isEqualTo(contentRange);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=1000-", "bytes=1000-2000", "bytes=-0", "bytes=999999999999999999-"})
    void nothingOfTheBody(String header) {
        ByteRange range = ByteRange.of(header, 1000).orElseThrow();

        assertThat(range.length()).isZero();
        assertThat(range.contentRange(1000)).isEqualTo("bytes */1000");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "bytes=-",
                "bytes=5-2",
                "bytes=0-1,5-6",
                "seconds=0-1",
                "bytes=a-b",
                "bytes=9999999999999999999-",
                "bytes"
            })
    void theWholeBody(String header) {
        assertThat(ByteRange.of(header, 1000)).isEmpty();
    }

    @Test
    void anEmptyBodyHasNoParts() {
        assertThat(ByteRange.of("bytes=0-", 0).orElseThrow().length()).isZero();
    }
}
