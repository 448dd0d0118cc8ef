package dev.patchbay.recipe;

import dev.patchbay.store.CallEventStore;
import dev.patchbay.store.Deliveries;
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
}
