package dev.patchbay.sandbox;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.Problem;
import dev.patchbay.http.Access;
import dev.patchbay.http.ProblemResponse;
import dev.patchbay.http.PublicHandler;
import dev.patchbay.provider.daily.DailyProperties;
import dev.patchbay.provider.elevenlabs.ElevenLabsProperties;
import dev.patchbay.provider.openai.OpenAiProperties;
import dev.patchbay.provider.retell.RetellProperties;
import dev.patchbay.provider.twilio.TwilioProperties;
import dev.patchbay.route.AccessPolicy;
import dev.patchbay.route.RoutesProperties;
import dev.patchbay.sandbox.agent.AgentSimulator;
import dev.patchbay.store.AgentStore;
import dev.patchbay.store.CustomerStore;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** The providers' side of the public plane, in profile {@code sandbox} only: who may call their routes, the agent socket. */
@Configuration(proxyBeanMethods = false)
@Profile("sandbox")
class SandboxProvidersConfiguration {

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    @Bean
    PublicHandler agentSocket(AgentSimulator agents) {
        return router -> router.get(SandboxElevenLabs.CONVERSATION_PATH).handler(agents::handle);
    }

    @Bean("sandbox-elevenlabs")
    AccessPolicy elevenLabs(ElevenLabsProperties account) {
        return policy("xi-api-key", String.valueOf(account.apiKey()));
    }

    @Bean("sandbox-openai")
    AccessPolicy openAi(OpenAiProperties account) {
        return policy("Authorization", "Bearer " + account.apiKey());
    }

    @Bean("sandbox-daily")
    AccessPolicy daily(DailyProperties account) {
        return policy("Authorization", "Bearer " + account.apiKey());
    }

    @Bean("sandbox-retell")
    AccessPolicy retell(RetellProperties account) {
        return policy("Authorization", "Bearer " + account.apiKey());
    }

    @Bean("sandbox-twilio")
    AccessPolicy twilio(TwilioProperties account) {
        String credentials = account.accountSid() + ":" + account.authToken();
        return policy(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
    }

    /** Who knows the path of a chat's webhook may post to it. */
    @Bean("sandbox-chat")
    AccessPolicy chat() {
        return new AccessPolicy(new Access(request -> true, DEADLINE, ProblemResponse::send));
    }

    @Bean
    SandboxData sandboxData(RoutesProperties routes, CustomerStore customers, AgentStore agents) throws IOException {
        SandboxData data = new SandboxData(routes);
        data.load(customers, agents);
        return data;
    }

    private static AccessPolicy policy(String header, String expected) {
        return new AccessPolicy(
                new Access(request -> admits(request, header, expected), DEADLINE, ProblemResponse::send));
    }

    private static boolean admits(RoutingContext request, String header, String expected) {
        boolean known = expected.equals(request.request().getHeader(header));
        if (!known) {
            ProblemResponse.send(request, Problem.of(ErrorCategory.UNAUTHENTICATED, "Wrong " + header));
        }
        return known;
    }
}
