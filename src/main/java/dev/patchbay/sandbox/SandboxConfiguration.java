package dev.patchbay.sandbox;

import dev.patchbay.http.PublicPlaneProperties;
import dev.patchbay.provider.twilio.TwilioProperties;
import dev.patchbay.sandbox.agent.AgentSimulator;
import dev.patchbay.sandbox.agent.SandboxSignatures;
import dev.patchbay.sandbox.caller.SandboxCaller;
import io.vertx.core.Vertx;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** The simulated caller and agents, in profile {@code sandbox} only. */
@Configuration(proxyBeanMethods = false)
@Profile("sandbox")
class SandboxConfiguration {

    @Bean
    SandboxAddress sandboxAddress(PublicPlaneProperties plane) {
        return new SandboxAddress(plane.port());
    }

    @Bean
    SandboxSignatures sandboxSignatures() {
        return new SandboxSignatures(Clock.systemUTC());
    }

    /** For the route that answers get-signed-url. */
    @Bean
    SandboxElevenLabs sandboxElevenLabs(SandboxSignatures signatures, SandboxAddress address) {
        return new SandboxElevenLabs(signatures, address);
    }

    /** For the route that answers text-to-speech. */
    @Bean
    SandboxSpeech sandboxSpeech() {
        return new SandboxSpeech();
    }

    /** For the route that answers chat completions. */
    @Bean
    SandboxOpenAi sandboxOpenAi() {
        return new SandboxOpenAi(Clock.systemUTC());
    }

    /** For the routes that answer IncomingPhoneNumbers. */
    @Bean
    SandboxNumbers sandboxNumbers(TwilioProperties twilio) {
        return new SandboxNumbers(SandboxController.accountSid(twilio), twilio.phoneNumbers());
    }

    @Bean
    AgentSimulator agentSimulator(Vertx vertx, SandboxSignatures signatures) {
        return new AgentSimulator(vertx, signatures);
    }

    @Bean
    SandboxCaller sandboxCaller(Vertx vertx) {
        return new SandboxCaller(vertx);
    }

    @Bean
    RecentCalls recentSandboxCalls() {
        return new RecentCalls();
    }

    @Bean
    SandboxDemonstration sandboxDemonstration(
            SandboxCaller caller, SandboxAddress address, TwilioProperties twilio, RecentCalls recent) {
        return new SandboxDemonstration(caller, address, twilio, recent, System.out);
    }
}
