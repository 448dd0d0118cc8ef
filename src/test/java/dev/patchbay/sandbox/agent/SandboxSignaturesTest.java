package dev.patchbay.sandbox.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SandboxSignaturesTest {
    private Instant now = Instant.parse("2026-11-01T12:00:00Z");
    private final SandboxSignatures signatures = new SandboxSignatures(new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    @Test
    void isGoodForItsAgentOnly() {
        String signature = signatures.issue("parrot");

        assertThat(signatures.verify("parrot", signature)).isTrue();
        assertThat(signatures.verify("greeter", signature)).isFalse();
        assertThat(signatures.verify("parrot", signature + "x")).isFalse();
        assertThat(signatures.verify("parrot", signature.replaceFirst("^\\d", "9")))
                .isFalse();
        assertThat(signatures.verify("parrot", "")).isFalse();
        assertThat(signatures.verify("parrot", null)).isFalse();
        assertThat(signature).as("fit for a query string").matches("[A-Za-z0-9_-]+");
    }

    @Test
    void expiresAfterAQuarterOfAnHour() {
        String signature = signatures.issue("parrot");

        now = now.plus(Duration.ofMinutes(15)).minusSeconds(1);
        assertThat(signatures.verify("parrot", signature)).isTrue();
        now = now.plusSeconds(1);
        assertThat(signatures.verify("parrot", signature)).isFalse();
    }

    @Test
    void isBoundToOneProcess() {
        assertThat(new SandboxSignatures(Clock.systemUTC()).verify("parrot", signatures.issue("parrot")))
                .isFalse();
    }
}
