package dev.patchbay.recipe;

import dev.patchbay.agent.AgentDirectory;
import dev.patchbay.store.AlertStore;
import dev.patchbay.store.CallEventStore;
import dev.patchbay.store.CallStore;
import dev.patchbay.store.CampaignStore;
import dev.patchbay.store.Deliveries;
import dev.patchbay.store.DoNotCallStore;
import dev.patchbay.store.DueList;
import dev.patchbay.store.TranscriptStore;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What recipes need that no engineer edits. */
@Configuration(proxyBeanMethods = false)
class RecipeConfiguration {

    @Bean
    Campaigns campaigns(CampaignStore campaigns, DoNotCallStore doNotCall, CallStore calls, AgentDirectory agents) {
        return new Campaigns(campaigns, doNotCall, calls, agents, Clock.systemUTC());
    }

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

    @Bean
    CallSummaries callSummaries(
            CallStore calls,
            TranscriptStore transcripts,
            AgentDirectory agents,
            @Qualifier("callSummariesDue") DueList due) {
        return new CallSummaries(calls, transcripts, agents, due, Clock.systemUTC());
    }
}
