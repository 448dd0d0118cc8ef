package dev.patchbay.recipe;

import dev.patchbay.store.AlertStore;
import dev.patchbay.store.CallEventStore;
import dev.patchbay.store.Deliveries;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What recipes need that no engineer edits. */
@Configuration(proxyBeanMethods = false)
class RecipeConfiguration {

    @Bean
    Conferences conferences() {
        return new Conferences();
    }

    @Bean
    Transfers transfers(CallEventStore events) {
        return new Transfers(events);
    }

    @Bean
    MissedCalls missedCalls(CallEventStore events, Deliveries deliveries) {
        return new MissedCalls(events, deliveries);
    }

    @Bean
    AlertCalls alertCalls(AlertStore alerts, CallEventStore events) {
        return new AlertCalls(alerts, events, Clock.systemUTC());
    }

    @Bean
    Commands commands() {
        return new Commands();
    }
}
