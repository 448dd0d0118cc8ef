package dev.patchbay;

import dev.patchbay.agent.AgentDirectory;
import dev.patchbay.provider.daily.DailyProperties;
import dev.patchbay.provider.retell.RetellProperties;
import dev.patchbay.provider.twilio.TwilioProperties;
import dev.patchbay.session.SessionProvider;
import dev.patchbay.session.SessionProviders;
import dev.patchbay.session.SessionRequests;
import dev.patchbay.store.SessionAgents;
import dev.patchbay.store.SessionStore;
import java.util.List;
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
    SessionProviders sessionProviders(DailyProperties daily, RetellProperties retell) {
        return new SessionProviders(List.of(
                new SessionProvider("daily", "Daily", daily.missing()),
                new SessionProvider("retell", "Retell", retell.missing())));
    }

    @Bean
    SessionAgents sessionAgents(AgentDirectory agents, SessionStore sessions, TwilioProperties twilio) {
        return new SessionAgents(agents, sessions, twilio.defaultPhoneNumber());
    }
}
