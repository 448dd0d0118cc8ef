package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.route.Routes;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** Seed 001: an ElevenLabs voice in a call of Twilio's, by {@code <Play>}. */
class ElevenLabsMessageFlowIT {

    /** What is to be said, as far as the route reads it. Public, so that Camel may. */
    public record Speech(String text, String voice) {}

    private final RunningGateway gateway = RunningGateway.shared();

    @Test
    void aTextBecomesADocumentThatPlaysHostedSpeech() throws Exception {
        Exchange done = gateway.bean(Routes.class)
                .send(
                        "elevenlabs-message-speak",
                        exchange -> exchange.setVariable("speech", new Speech("Hello", "voice1")));

        assertThat(done.getException()).isNull();
        String url = done.getVariable("audioUrl", String.class);
        assertThat(done.getMessage().getBody(String.class)).isEqualTo("<Response><Play>" + url + "</Play></Response>");
        assertThat(gateway.get(url.substring(gateway.origin().toString().length()))
                        .statusCode())
                .isEqualTo(200);
    }
}
