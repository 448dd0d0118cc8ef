package dev.patchbay.provider.twilio;

import com.twilio.http.TwilioRestClient;
import dev.patchbay.agent.AgentDirectory;
import dev.patchbay.call.CallRegistry;
import dev.patchbay.error.Problem;
import dev.patchbay.http.Access;
import dev.patchbay.http.ProviderProbe;
import dev.patchbay.http.PublicOrigin;
import dev.patchbay.media.MediaProperties;
import dev.patchbay.media.MediaStreams;
import dev.patchbay.provider.ProviderClient;
import dev.patchbay.provider.ProviderClients;
import dev.patchbay.route.AccessPolicy;
import dev.patchbay.route.ProviderSwitch;
import dev.patchbay.route.Routes;
import dev.patchbay.store.CallContextStore;
import dev.patchbay.store.CallEventStore;
import dev.patchbay.store.CallStore;
import dev.patchbay.store.CustomerContexts;
import dev.patchbay.store.Deliveries;
import dev.patchbay.store.MessageStore;
import dev.patchbay.store.RecordingStore;
import dev.patchbay.store.TranscriptStore;
import dev.patchbay.twiml.Twiml;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.component.twilio.TwilioComponent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

/** Twilio's part of the application. */
@Configuration
public class TwilioConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(TwilioConfiguration.class);
    /** Twilio gives up after 15 s; half of it leaves room for its own retry. */
    private static final Duration ANSWER_DEADLINE = Duration.ofSeconds(8);

    @Bean
    TwilioRequests twilioRequests(TwilioProperties twilio, PublicOrigin origin) {
        String token = twilio.authToken();
        return new TwilioRequests(
                token == null ? null : new TwilioSignature(token), twilio.validateSignature(), origin);
    }

    @Bean("twilio-signature")
    AccessPolicy twilioSignature(TwilioRequests requests) {
        return new AccessPolicy(new Access(requests::admits, ANSWER_DEADLINE, TwilioConfiguration::apologize));
    }

    @Bean
    TwilioRestClient twilioRestClient(TwilioProperties twilio, ProviderClients providers) {
        // Without an account its routes are not loaded; the client must still be made of something.
        String accountSid = Objects.requireNonNullElse(twilio.accountSid(), "AC");
        String authToken = Objects.requireNonNullElse(twilio.authToken(), "-");
        return new TwilioClient(accountSid, authToken, new TwilioHttp(client(twilio, providers)));
    }

    /** What {@code twilio:} is in a route, made anew for every generation of them. */
    @Bean("twilio-component")
    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    TwilioComponent twilioComponent(TwilioRestClient client) {
        return new DirectTwilioComponent(client);
    }

    @Bean
    TwilioAccount twilioAccount(TwilioProperties twilio, PublicOrigin origin) {
        return new TwilioAccount(twilio, origin);
    }

    @Bean
    TwilioTypes twilioTypes(TwilioAccount account) {
        return new TwilioTypes(account);
    }

    @Bean
    TwilioMessages twilioMessages(TwilioAccount account, MessageStore messages, MessagePolicy policy) {
        return new TwilioMessages(account, messages, policy);
    }

    @Bean
    TwilioInbox twilioInbox(TwilioAccount account, MessageStore messages, MessagePolicy policy) {
        return new TwilioInbox(account, messages, policy);
    }

    @Bean
    TwilioVoice twilioVoice(TwilioAccount account, CallRecorder recorder) {
        return new TwilioVoice(account, recorder);
    }

    @Bean
    CallRecorder callRecorder(
            RecordingPolicy policy, CustomerContexts customers, RecordingStore recordings, TwilioAccount account) {
        return new CallRecorder(policy, customers, recordings, account);
    }

    @Bean
    TwilioEvents twilioEvents(CallStore calls, CallEventStore events, Deliveries deliveries) {
        return new TwilioEvents(calls, events, deliveries);
    }

    @Bean
    TwilioOutboundCalls outboundCalls(
            TwilioAccount account,
            AgentDirectory agents,
            CallStore calls,
            CallEventStore events,
            CallContextStore contexts,
            CallRegistry registry,
            CallRecorder recorder) {
        return new TwilioOutboundCalls(account, agents, calls, events, contexts, registry, recorder);
    }

    @Bean
    TwilioRecordings twilioRecordings(
            CallStore calls,
            CallEventStore events,
            RecordingStore recordings,
            RecordingPolicy policy,
            TwilioProperties twilio,
            ProviderClients providers) {
        return new TwilioRecordings(calls, events, recordings, policy, twilio, client(twilio, providers));
    }

    @Bean
    TwilioTranscriptions twilioTranscriptions(
            CallEventStore events, TranscriptStore transcripts, Deliveries deliveries) {
        return new TwilioTranscriptions(events, transcripts, deliveries);
    }

    @Bean
    RecordingRetention recordingRetention(
            TwilioRecordings recordings, Routes routes, ScheduledExecutorService callTimer, Executor callWorker) {
        RecordingRetention retention = new RecordingRetention(recordings, routes);
        retention.start(callTimer, callWorker);
        return retention;
    }

    @Bean
    TwilioCalls twilioCalls(
            CallStore calls,
            CallEventStore events,
            CallContextStore contexts,
            CallRegistry registry,
            MediaStreams streams,
            MediaProperties media,
            PublicOrigin origin) {
        return new TwilioCalls(calls, events, contexts, registry, streams, media, origin);
    }

    @Bean
    ProviderSwitch twilioSwitch(TwilioProperties twilio) {
        return new ProviderSwitch("twilio", twilio.isConfigured(), TwilioAccount.NOT_CONFIGURED);
    }

    @Bean
    ProviderProbe twilioProbe(TwilioProperties twilio, Vertx vertx) {
        return new ProviderProbe(
                "twilio",
                twilio.missingCredentials(),
                new ProviderProbe.Question(
                        twilio.apiBaseUrl() + "/2010-04-01/Accounts/" + twilio.accountSid() + ".json",
                        Map.of("Authorization", basic(twilio))),
                vertx);
    }

    private static ProviderClient client(TwilioProperties twilio, ProviderClients providers) {
        return providers.of("twilio", twilio.apiBaseUrl(), Map.of("Authorization", basic(twilio)));
    }

    private static String basic(TwilioProperties twilio) {
        String credentials = twilio.accountSid() + ":" + twilio.authToken();
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    /** What a caller hears when no route has answered in time; Twilio reads TwiML with 200 only. */
    private static void apologize(RoutingContext request, Problem problem) {
        LOG.error("{} failed: {}", request.normalizedPath(), problem.detail());
        request.response()
                .setStatusCode(200)
                .putHeader("Content-Type", "text/xml")
                .end(Twiml.sayAndHangup(
                        "We are sorry. Something went wrong on our side. Please call again later.", null, null));
    }
}
