package dev.patchbay.sandbox;

import dev.patchbay.http.PublicPlaneProperties;
import dev.patchbay.provider.daily.DailyProperties;
import dev.patchbay.provider.retell.RetellProperties;
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

    /** For the route that takes what is posted to a chat. */
    @Bean
    SandboxChat sandboxChat() {
        return new SandboxChat();
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
    SandboxCaller sandboxCaller(Vertx vertx, SandboxRetell retell, SandboxRecordings recordings) {
        return new SandboxCaller(vertx, retell::dialled, recordings);
    }

    /** For the route that answers with the media of a recording. */
    @Bean
    SandboxRecordings sandboxRecordings() {
        return new SandboxRecordings();
    }

    /** For the routes that play Retell's REST API, and the SIP addresses that it gives out. */
    @Bean
    SandboxRetell sandboxRetell(Vertx vertx, RetellProperties account, SandboxAddress address) {
        return new SandboxRetell(new SandboxWebhooks(vertx, address), account);
    }

    /** For the routes that play Daily's REST API. */
    @Bean
    SandboxDaily sandboxDaily(Vertx vertx, DailyProperties account, SandboxAddress address) {
        return new SandboxDaily(new SandboxWebhooks(vertx, address), account);
    }

    @Bean
    RecentCalls recentSandboxCalls() {
        return new RecentCalls();
    }

    /** For the routes that play Twilio's REST API. */
    @Bean
    SandboxTwilio sandboxTwilio(
            SandboxCaller caller,
            SandboxAddress address,
            TwilioProperties twilio,
            SandboxEvents events,
            RecentCalls recent,
            SandboxRecordings recordings) {
        return new SandboxTwilio(caller, address, events, twilio, recent, recordings);
    }

    @Bean
    SandboxEvents sandboxEvents(Vertx vertx, TwilioProperties twilio) {
        return new SandboxEvents(vertx, twilio);
    }

    @Bean
    SandboxTexts sandboxTexts(SandboxTwilio twilio, SandboxEvents events, SandboxAddress address) {
        return new SandboxTexts(twilio, events, address);
    }

    @Bean
    SandboxDemonstration sandboxDemonstration(
            SandboxCaller caller, SandboxAddress address, TwilioProperties twilio, RecentCalls recent) {
        return new SandboxDemonstration(caller, address, twilio, recent, System.out);
    }
}
