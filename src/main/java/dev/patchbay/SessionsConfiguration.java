package dev.patchbay;

import dev.patchbay.agent.AgentDirectory;
import dev.patchbay.provider.daily.DailyProperties;
import dev.patchbay.provider.elevenlabs.ElevenLabsProperties;
import dev.patchbay.provider.retell.RetellProperties;
import dev.patchbay.provider.twilio.TwilioProperties;
import dev.patchbay.session.SessionProvider;
import dev.patchbay.session.SessionProviders;
import dev.patchbay.session.SessionRequests;
import dev.patchbay.store.CallContextStore;
import dev.patchbay.store.SessionAgents;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who carries sessions. */
@Configuration
public class SessionsConfiguration {

    @Bean
    SessionRequests sessionRequests() {
        return new SessionRequests();
    }

    @Bean
    SessionProviders sessionProviders(
            DailyProperties daily, RetellProperties retell, TwilioProperties twilio, ElevenLabsProperties elevenLabs) {
        return new SessionProviders(List.of(
                new SessionProvider("daily", "Daily", daily.missing()),
                new SessionProvider("retell", "Retell", retell.missing()),
                new SessionProvider("twilio", "Twilio", twilio.missing()),
                new SessionProvider("elevenlabs", "ElevenLabs", missing(elevenLabs, twilio))));
    }

    /** Twilio places the call; its agent may be a stored one. */
    private static List<String> missing(ElevenLabsProperties elevenLabs, TwilioProperties twilio) {
        return Stream.concat(
                        elevenLabs.missing().stream().filter(variable -> !variable.equals("ELEVENLABS_AGENT_ID")),
                        twilio.missing().stream())
                .toList();
    }

    @Bean
    SessionAgents sessionAgents(AgentDirectory agents, CallContextStore contexts, TwilioProperties twilio) {
        return new SessionAgents(agents, contexts, twilio.defaultPhoneNumber());
    }
}
