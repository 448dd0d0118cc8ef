package dev.patchbay;

import dev.patchbay.provider.daily.DailyProperties;
import dev.patchbay.session.SessionProvider;
import dev.patchbay.session.SessionProviders;
import dev.patchbay.session.SessionRequests;
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
    SessionProviders sessionProviders(DailyProperties daily) {
        return new SessionProviders(List.of(new SessionProvider("daily", "Daily", daily.missing())));
    }
}
