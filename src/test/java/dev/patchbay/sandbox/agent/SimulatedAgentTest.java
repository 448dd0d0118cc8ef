package dev.patchbay.sandbox.agent;

import static dev.patchbay.media.audio.AudioFormat.PCM_16000;
import static dev.patchbay.media.audio.AudioFormat.PCM_24000;
import static dev.patchbay.media.audio.AudioFormat.ULAW_8000;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SimulatedAgentTest {

    @Test
    void readsBehaviourAndFormatsFromTheAgentId() {
        assertThat(SimulatedAgent.parse("greeter")).isEqualTo(new SimulatedAgent("greeter", PCM_16000, PCM_16000));
        assertThat(SimulatedAgent.parse("parrot.ulaw_8000"))
                .isEqualTo(new SimulatedAgent("parrot", ULAW_8000, ULAW_8000));
        assertThat(SimulatedAgent.parse("flaky-drop-once.pcm_16000.pcm_24000"))
                .isEqualTo(new SimulatedAgent("flaky-drop-once", PCM_16000, PCM_24000));
    }

    @Test
    void refusesUnknownFormatsAndFurtherParts() {
        assertThatThrownBy(() -> SimulatedAgent.parse("parrot.mp3_44100")).hasMessageContaining("mp3_44100");
        assertThatThrownBy(() -> SimulatedAgent.parse("parrot.")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SimulatedAgent.parse("parrot.ulaw_8000.ulaw_8000.x"))
                .hasMessageContaining("more than three");
    }
}
