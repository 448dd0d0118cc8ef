package dev.patchbay.store;

import com.mongodb.client.MongoDatabase;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What reads and writes over several stores. */
@Configuration
public class CallRecordsConfiguration {

    @Bean
    CallJournals callJournals(CallStore calls, CallEventStore events, TranscriptStore transcripts) {
        return new CallJournals(calls, events, transcripts);
    }

    @Bean
    CallLog callLog(CallStore calls, CallEventStore events, TranscriptStore transcripts) {
        return new CallLog(calls, events, transcripts);
    }

    @Bean
    CallAnalytics callAnalytics(MongoDatabase database) {
        return new CallAnalytics(database);
    }

    @Bean
    CallTally callTally(MongoDatabase database) {
        return new CallTally(database);
    }

    @Bean
    SessionTally sessionTally(MongoDatabase database) {
        return new SessionTally(database);
    }

    @Bean
    AgentRecords agentRecords(AgentStore store) {
        return new AgentRecords(store);
    }

    @Bean
    CustomerRecords customerRecords(CustomerStore store) {
        return new CustomerRecords(store);
    }

    @Bean
    CustomerImport customerImport(CustomerStore store) {
        return new CustomerImport(store);
    }

    @Bean
    SessionLog sessionLog(SessionStore sessions, CallStore calls) {
        return new SessionLog(sessions, calls);
    }

    @Bean
    MessageLog messageLog(MessageStore messages) {
        return new MessageLog(messages);
    }

    @Bean
    CustomerContexts customers(CustomerStore store, CallContextStore contexts) {
        return new CustomerContexts(store, contexts);
    }

    @Bean
    CallMemory callMemory(CallContextStore contexts, CallEventStore events) {
        return new CallMemory(contexts, events);
    }
}
