package dev.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.sandbox.agent.SandboxSignatures;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class SandboxElevenLabsTest {
    private final SandboxSignatures signatures = new SandboxSignatures(Clock.systemUTC());
    private final SandboxAddress address = new SandboxAddress(8080);
    private final SandboxElevenLabs elevenLabs = new SandboxElevenLabs(signatures, address);

    @Test
    void signsTheUrlOfTheAgentsSocket() {
        String before = "ws://127.0.0.1:8080/sandbox/elevenlabs/v1/convai/conversation?agent_id=parrot.ulaw_8000"
                + "&conversation_signature=";

        String url = elevenLabs.signedUrl("parrot.ulaw_8000");

        assertThat(url).startsWith(before);
        assertThat(signatures.verify("parrot.ulaw_8000", url.substring(before.length())))
                .isTrue();
    }

    @Test
    void followsThePortThatTheServerGot() {
        address.listening(41_000);

        assertThat(elevenLabs.signedUrl("a&b=c"))
                .startsWith("ws://127.0.0.1:41000/")
                .contains("agent_id=a%26b%3Dc&");
        assertThat(address.gateway()).hasToString("http://127.0.0.1:41000");
    }
}
