package dev.patchbay.route;

import dev.patchbay.http.Access;
import dev.patchbay.http.ApiEntrance;
import dev.patchbay.http.ProblemResponse;
import dev.patchbay.media.StreamHooks;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Profiles;

/** The YAML routes, and who may call their entries. */
@Configuration
public class RoutesConfiguration {

    private static final Duration API_DEADLINE = Duration.ofSeconds(10);

    @Bean
    Routes routes(RoutesProperties properties, ApplicationContext beans, Vertx vertx) {
        boolean sandbox = beans.getEnvironment().acceptsProfiles(Profiles.of("sandbox"));
        return new Routes(new RouteFiles(properties.dir(), sandbox), beans, vertx);
    }

    @Bean
    StreamHooks streamHooks(Routes routes, Executor callWorker) {
        return new RouteHooks(routes, callWorker);
    }

    /** Needs an API key, within its rate limit, and JSON where it has a body. */
    @Bean("api-key")
    AccessPolicy apiKey(ApiEntrance entrance) {
        return new AccessPolicy(new Access(entrance::admits, API_DEADLINE, ProblemResponse::send));
    }

    /** Open to everybody: said out loud. */
    @Bean("public")
    AccessPolicy open() {
        return new AccessPolicy(new Access(request -> true, API_DEADLINE, ProblemResponse::send));
    }
}
