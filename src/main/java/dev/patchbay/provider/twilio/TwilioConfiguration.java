package dev.patchbay.provider.twilio;

import dev.patchbay.call.CallRegistry;
import dev.patchbay.error.Problem;
import dev.patchbay.http.Access;
import dev.patchbay.http.ProviderProbe;
import dev.patchbay.http.PublicOrigin;
import dev.patchbay.media.MediaProperties;
import dev.patchbay.media.MediaStreams;
import dev.patchbay.route.AccessPolicy;
import dev.patchbay.route.ProviderSwitch;
import dev.patchbay.store.CallContextStore;
import dev.patchbay.store.CallEventStore;
import dev.patchbay.store.CallStore;
import dev.patchbay.twiml.Twiml;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

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
        return new ProviderSwitch("twilio", twilio.isConfigured());
    }

    @Bean
    ProviderProbe twilioProbe(TwilioProperties twilio, Vertx vertx) {
        List<String> missing = twilio.missing().stream()
                .filter(variable -> !variable.equals("TWILIO_PHONE_NUMBER")) // Only calls that we start need it.
                .toList();
        String credentials = twilio.accountSid() + ":" + twilio.authToken();
        return new ProviderProbe(
                "twilio",
                missing,
                new ProviderProbe.Question(
                        twilio.apiBaseUrl() + "/2010-04-01/Accounts/" + twilio.accountSid() + ".json",
                        Map.of(
                                "Authorization",
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))),
                vertx);
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
