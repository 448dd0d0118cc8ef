package dev.patchbay.route;

import dev.patchbay.http.Access;
import dev.patchbay.http.ApiEntrance;
import dev.patchbay.http.ContentTypeHandler;
import dev.patchbay.http.CsvContent;
import dev.patchbay.http.ProblemResponse;
import dev.patchbay.http.openapi.ApiEditions;
import dev.patchbay.media.StreamHooks;
import dev.patchbay.route.check.RouteCheck;
import dev.patchbay.route.check.RouteFolder;
import dev.patchbay.store.IdempotencyStore;
import dev.patchbay.store.StoreProperties;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executor;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.core.env.Profiles;

/** The YAML routes, and who may call their entries. */
@Configuration
public class RoutesConfiguration {

    private static final Duration API_DEADLINE = Duration.ofSeconds(10);

    /** A file of customers takes as long as its lines. */
    private static final Duration IMPORT_DEADLINE = Duration.ofMinutes(2);

    @Bean
    Routes routes(ApplicationContext beans, Vertx vertx, ApiEditions documents) {
        return new Routes(GatewayBeans.of(beans), vertx, documents);
    }

    @Bean
    RouteStatus routeStatus(RoutesProperties properties) {
        return new RouteStatus(properties.dir().toString(), properties.reload());
    }

    @Bean
    LiveRoutes liveRoutes(
            RoutesProperties properties,
            StoreProperties store,
            ApplicationContext beans,
            Routes routes,
            RouteStatus status,
            ApiEditions documents) {
        boolean sandbox = beans.getEnvironment().acceptsProfiles(Profiles.of("sandbox"));
        return new LiveRoutes(
                new RouteFolder(properties.dir(), sandbox),
                properties.reload(),
                new RouteCheck(GatewayBeans.of(beans), documents),
                routes,
                new RouteVersions(Path.of(store.dataDir()).resolve("routes")),
                status);
    }

    /** Whose way through the routes is logged. */
    @Bean
    CallPaths callPaths() {
        return new CallPaths(Clock.systemUTC());
    }

    @Bean
    Idempotency idempotency(IdempotencyStore requests) {
        return new Idempotency(requests);
    }

    @Bean
    StreamHooks streamHooks(Routes routes, Executor callWorker) {
        return new RouteHooks(routes, callWorker);
    }

    /** What {@code kamelet:} is in a route, made anew for every generation of them. */
    @Bean("kamelet-component")
    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    StrictKameletComponent kameletComponent() {
        return new StrictKameletComponent();
    }

    /** Needs an API key, within its rate limit, and JSON where it has a body. */
    @Bean("api-key")
    AccessPolicy apiKey(ApiEntrance entrance) {
        return new AccessPolicy(new Access(entrance::admits, API_DEADLINE, ProblemResponse::send));
    }

    /** Needs an API key, within its rate limit, and CSV, and gets the time that a file takes. */
    @Bean("api-key-csv")
    AccessPolicy apiKeyCsv(ApiEntrance entrance) {
        ContentTypeHandler type = new ContentTypeHandler(Set.of("text/csv"));
        CsvContent csv = new CsvContent();
        return new AccessPolicy(new Access(
                request -> entrance.admits(request, type) && csv.admits(request),
                IMPORT_DEADLINE,
                ProblemResponse::send));
    }

    /** Open to everybody: said out loud. */
    @Bean("public")
    AccessPolicy open() {
        return new AccessPolicy(new Access(request -> true, API_DEADLINE, ProblemResponse::send));
    }
}
