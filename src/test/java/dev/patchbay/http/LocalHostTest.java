package dev.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalHostTest {

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LocalHost:8080", "127.0.0.1", "127.0.0.1:1", "[::1]", "[::1]:65535"})
    void theseAreThisMachine(String host) {
        assertThat(LocalHost.isNamedBy(host)).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "evil.example",
                "localhost.evil.example",
                "evil.example:localhost",
                "localhost.",
                "localhost:",
                "localhost:80:80",
                "localhost:8080@evil.example",
                "127.0.0.1.evil.example",
                "127.0.0.2",
                "::1",
                "[::1",
                "[::ffff:127.0.0.1]",
                "0.0.0.0",
                "localhost ",
                " localhost",
                "localhost\nx",
                "localhost\n"
            })
    void theseAreNot(String host) {
        assertThat(LocalHost.isNamedBy(host)).isFalse();
    }
}
