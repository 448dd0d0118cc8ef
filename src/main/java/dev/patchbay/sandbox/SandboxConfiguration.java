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

    /** For the routes that play Twilio's REST API. */
    @Bean
    SandboxTwilio sandboxTwilio(
            Vertx vertx, SandboxCaller caller, SandboxAddress address, TwilioProperties twilio, RecentCalls recent) {
        return new SandboxTwilio(caller, address, new SandboxEvents(vertx, twilio), twilio, recent);
    }

    @Bean
    SandboxDemonstration sandboxDemonstration(
            SandboxCaller caller, SandboxAddress address, TwilioProperties twilio, RecentCalls recent) {
        return new SandboxDemonstration(caller, address, twilio, recent, System.out);
    }
}
