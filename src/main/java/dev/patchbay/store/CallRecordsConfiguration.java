package dev.patchbay.store;

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
    MessageLog messageLog(MessageStore messages) {
        return new MessageLog(messages);
    }

    @Bean
    CustomerContexts customers(CustomerStore store, CallContextStore contexts) {
        return new CustomerContexts(store, contexts);
    }
}
