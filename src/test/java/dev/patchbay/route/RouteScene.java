package dev.patchbay.route;

import dev.patchbay.agent.Agent;
import dev.patchbay.agent.AgentDirectory;
import dev.patchbay.agent.AgentLimits;
import dev.patchbay.call.Call;
import dev.patchbay.call.CallRegistry;
import dev.patchbay.call.CallStatus;
import dev.patchbay.call.Direction;
import dev.patchbay.call.Ids;
import dev.patchbay.call.MediaFigures;
import dev.patchbay.http.Access;
import dev.patchbay.http.ApiEntrance;
import dev.patchbay.http.ApiKeyHandler;
import dev.patchbay.http.ApiKeys;
import dev.patchbay.http.ProblemResponse;
import dev.patchbay.http.PublicOrigin;
import dev.patchbay.http.RateLimit;
import dev.patchbay.http.StreamedBodies;
import dev.patchbay.http.openapi.ApiEditions;
import dev.patchbay.media.MediaPipeline;
import dev.patchbay.media.MediaProperties;
import dev.patchbay.media.MediaStreams;
import dev.patchbay.provider.ProviderClients;
import dev.patchbay.provider.echo.EchoConnector;
import dev.patchbay.provider.twilio.CallFailedProcessor;
import dev.patchbay.provider.twilio.CallRecorder;
import dev.patchbay.provider.twilio.MessagePolicy;
import dev.patchbay.provider.twilio.RecordingPolicy;
import dev.patchbay.provider.twilio.TwilioAccount;
import dev.patchbay.provider.twilio.TwilioCalls;
import dev.patchbay.provider.twilio.TwilioEvents;
import dev.patchbay.provider.twilio.TwilioMessages;
import dev.patchbay.provider.twilio.TwilioOutboundCalls;
import dev.patchbay.provider.twilio.TwilioProperties;
import dev.patchbay.provider.twilio.TwilioRequests;
import dev.patchbay.provider.twilio.TwilioSignature;
import dev.patchbay.route.check.RouteFolder;
import dev.patchbay.store.CallContextStore;
import dev.patchbay.store.CallEventStore;
import dev.patchbay.store.CallJournals;
import dev.patchbay.store.CallRecordsConfiguration;
import dev.patchbay.store.CallStore;
import dev.patchbay.store.CustomerContexts;
import dev.patchbay.store.Deliveries;
import dev.patchbay.store.MessageStore;
import dev.patchbay.store.RecordingStore;
import dev.patchbay.store.SessionAgents;
import dev.patchbay.store.StoreConfiguration;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.mock.MockEndpoint;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Route files by their ids, run by a real generation over real beans: agents as told, a store on disk. */
final class RouteScene implements AutoCloseable {

    private static final Path ROUTES = Path.of("routes");

    /** Where the world believes us to be; what Twilio signs. */
    private static final String ORIGIN = "https://voice.example.com";

    /** The number that calls and messages come from. */
    static final String OUR_NUMBER = "+15550000000";

    private static final TwilioSignature SIGNATURE = new TwilioSignature("12345");

    private final Path dir;
    private final Vertx vertx = Vertx.vertx();
    private final AnnotationConfigApplicationContext beans = new AnnotationConfigApplicationContext();
    private final Map<String, Object> settings = new HashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final HttpClient http = HttpClient.newHttpClient();
    private RecordingPolicy recording = new RecordingPolicy("off", null);
    private @Nullable Routes routes;
    private int port;

    /** @param dir an empty folder */
    RouteScene(Path dir, String... routeIds) {
        this.dir = dir;
        Set<String> names = Stream.of(routeIds).map(id -> id + ".camel.yaml").collect(Collectors.toSet());
        try (Stream<Path> files = Files.walk(ROUTES)) {
            // Kamelets too: one is read when a route uses it.
            for (Path file : files.filter(
                            file -> names.remove(file.getFileName().toString())
                                    || file.toString().endsWith(".kamelet.yaml"))
                    .toList()) {
                // In its folder, because Camel takes the files in the order of their paths.
                Path copy = dir.resolve(ROUTES.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        beans.getEnvironment().getPropertySources().addFirst(new MapPropertySource("scene", settings));
        settings.put("patchbay.store.data-dir", dir.resolve("data").toString());
        settings.put("patchbay.store.database", "patchbay");
        settings.put("patchbay.provider.echo.enabled", "true");
        settings.put("patchbay.provider.twilio.enabled", "true");
        recipes().forEach(name -> settings.put("patchbay.recipe." + name + ".enabled", "false"));
        if (!names.isEmpty()) {
            throw new IllegalArgumentException("no such routes: " + names);
        }
    }

    /** An agent of the provider {@code echo}. */
    static Agent agent(String id) {
        return agent(id, "echo", null);
    }

    static Agent agent(String id, String provider, @Nullable String phoneNumber) {
        return new Agent(id, id, provider, phoneNumber, null, null, null, null, null, AgentLimits.DEFAULT);
    }

    /** The agents there are. */
    RouteScene with(Agent... agents) {
        List<Agent> all = List.of(agents);
        return with(
                "agents",
                new AgentDirectory(
                        id -> all.stream()
                                .filter(agent -> agent.id().equals(id))
                                .findFirst(),
                        number -> all.stream()
                                .filter(agent -> number.equals(agent.phoneNumber()))
                                .findFirst(),
                        List.of()));
    }

    @SuppressWarnings("unchecked") // The class of a thing is a class of its kind.
    <T> RouteScene with(String name, T bean) {
        beans.registerBean(name, (Class<T>) bean.getClass(), () -> bean);
        return this;
    }

    /** A bean that is made of others, when it is needed. */
    <T> RouteScene lazily(String name, Class<T> type, Supplier<T> maker) {
        beans.registerBean(name, type, maker, definition -> definition.setLazyInit(true));
        return this;
    }

    /** What this configuration makes. */
    RouteScene with(Class<?> configuration) {
        beans.register(configuration);
        return this;
    }

    /** Switches a recipe on. */
    RouteScene recipe(String name) {
        settings.put("patchbay.recipe." + name + ".enabled", "true");
        return this;
    }

    /** A call at this moment in its life, which nobody has stored. */
    static Call call(Direction direction, String from, @Nullable String to, @Nullable String agentId, Instant at) {
        return new Call(
                Ids.next(),
                "CA" + UUID.randomUUID().toString().replace("-", ""),
                null,
                null,
                direction,
                from,
                to,
                agentId,
                CallStatus.RINGING,
                at,
                null,
                null,
                null,
                null,
                null,
                MediaFigures.NONE);
    }

    /** A store on disk, and everything that a voice webhook needs. */
    RouteScene withCalls() {
        beans.register(
                StoreConfiguration.class,
                CallRecordsConfiguration.class,
                CallFailedProcessor.class,
                ProblemProcessor.class);
        beans.registerBean(CallRegistry.class, () -> new CallRegistry(timer));
        beans.registerBean("twilioCalls", TwilioCalls.class, this::twilioCalls);
        beans.registerBean("callRecorder", CallRecorder.class, this::callRecorder);
        beans.registerBean(
                "twilioEvents",
                TwilioEvents.class,
                () -> new TwilioEvents(bean(CallStore.class), bean(CallEventStore.class), bean(Deliveries.class)));
        beans.registerBean(
                "sessionAgents",
                SessionAgents.class,
                () -> new SessionAgents(bean(AgentDirectory.class), bean(CallContextStore.class), null),
                definition -> definition.setLazyInit(true)); // Not every scene has agents.
        RoutesConfiguration configuration = new RoutesConfiguration();
        ApiEntrance entrance = new ApiEntrance(new ApiKeyHandler(ApiKeys.of(List.of())), new RateLimit(1_000));
        with("api-key", configuration.apiKey(entrance));
        with("api-key-csv", configuration.apiKeyCsv(entrance));
        return with(
                "twilio-signature",
                new AccessPolicy(new Access(
                        new TwilioRequests(SIGNATURE, true, new PublicOrigin(URI.create(ORIGIN)))::admits,
                        Duration.ofSeconds(8),
                        ProblemResponse::send)));
    }

    /** What places calls and sends messages, up to the door of Twilio's API. */
    RouteScene withTwilio() {
        TwilioAccount account = new TwilioAccount(
                new TwilioProperties("AC1", "12345", List.of(OUR_NUMBER), URI.create(ORIGIN), null, true),
                new PublicOrigin(URI.create(ORIGIN)));
        with("twilioAccount", account);
        lazily(
                "twilioMessages",
                TwilioMessages.class,
                () -> new TwilioMessages(account, bean(MessageStore.class), new MessagePolicy(null, null)));
        return lazily(
                "outboundCalls",
                TwilioOutboundCalls.class,
                () -> new TwilioOutboundCalls(
                        account,
                        bean(AgentDirectory.class),
                        bean(CallStore.class),
                        bean(CallEventStore.class),
                        bean(CallContextStore.class),
                        bean(CallRegistry.class),
                        bean(CallRecorder.class)));
    }

    /** What asks HTTP APIs: {@code provider-request-action}. */
    RouteScene withHttp() {
        return with("providerClients", new ProviderClients(vertx));
    }

    /** What routes that begin with events or audio need. */
    RouteScene withSources() {
        beans.scan("dev.patchbay.route.source");
        return this;
    }

    /** Calls are recorded so: {@code on}, {@code off}, {@code on-consent}. */
    RouteScene recording(String mode) {
        recording = new RecordingPolicy(mode, null);
        return this;
    }

    /** A route of this name that fails. */
    RouteScene failing(String id, String technicalWords) {
        String route = """
                - route:
                    id: %1$s
                    from:
                      uri: direct:%1$s
                      steps:
                        - throwException:
                            exceptionType: java.lang.IllegalStateException
                            message: %2$s
                """.formatted(id, technicalWords);
        return written(id, route);
    }

    /** A route of this name that does this instead of what its file says. */
    RouteScene played(String id, Processor does) {
        with("played-" + id, does);
        String route = """
                - route:
                    id: %1$s
                    from:
                      uri: direct:%1$s
                      steps:
                        - process:
                            ref: played-%1$s
                """.formatted(id);
        return written(id, route);
    }

    /** A route of this name that leads to {@link #mock}, which keeps what comes and answers as it is told to. */
    RouteScene mocked(String id) {
        return written(id, """
                - route:
                    id: %1$s
                    from:
                      uri: direct:%1$s
                      steps:
                        - to:
                            uri: mock:%1$s
                """.formatted(id));
    }

    /** What stands in the place of a route that is {@link #mocked}; after the start. */
    MockEndpoint mock(String id) {
        CamelContext context =
                Optional.ofNullable(routes).flatMap(Routes::context).orElseThrow();
        return context.getEndpoint("mock:" + id, MockEndpoint.class);
    }

    /** A setting beside those of every scene. */
    RouteScene setting(String key, String value) {
        settings.put(key, value);
        return this;
    }

    private RouteScene written(String id, String route) {
        try {
            Path folder = Files.createDirectories(dir.resolve("operation"));
            Files.writeString(folder.resolve(id + ".camel.yaml"), route);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    RouteScene start() {
        beans.refresh();
        Routes started = new Routes(GatewayBeans.of(beans), vertx, new ApiEditions(vertx));
        beans.getBeanFactory().registerSingleton("routes", started);
        started.flip(new RouteFolder(dir, false).read());
        routes = started;
        return this;
    }

    /** Reads the files again. */
    void flip() {
        Optional.ofNullable(routes).ifPresent(running -> running.flip(new RouteFolder(dir, false).read()));
    }

    <T> T bean(Class<T> type) {
        return beans.getBean(type);
    }

    /** Sends a message with these variables to a {@code direct:} route. */
    Exchange send(String id, Map<String, Object> variables) throws Exception {
        return send(id, null, variables);
    }

    /** The same with a body. */
    Exchange send(String id, @Nullable Object body, Map<String, Object> variables) throws Exception {
        if (routes == null) {
            throw new IllegalStateException("not started");
        }
        Exchange done = routes.send(id, exchange -> {
            variables.forEach(exchange::setVariable);
            exchange.getMessage().setBody(body);
        });
        if (done.getException() != null) {
            throw done.getException();
        }
        return done;
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** Any request; a body goes with its content type. */
    HttpResponse<String> request(String method, String path, @Nullable String contentType, String body)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).method(method, BodyPublishers.ofString(body));
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** Posts a form as Twilio does, signed for the public address. */
    HttpResponse<String> postSigned(String path, Map<String, String> form) throws Exception {
        return post(path, form, SIGNATURE.signForm(ORIGIN + path, form.entrySet()));
    }

    HttpResponse<String> post(String path, Map<String, String> form, String signature) throws Exception {
        String body = form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return http.send(
                HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("X-Twilio-Signature", signature)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    @Override
    public void close() throws Exception {
        Optional.ofNullable(routes).ifPresent(Routes::stop);
        timer.shutdownNow();
        beans.close();
        await(vertx.close());
    }

    URI address(String path) throws Exception {
        return uri(path);
    }

    /** Opens the socket when the first request needs it. */
    private URI uri(String path) throws Exception {
        if (port == 0 && routes != null) {
            Router router = Router.router(vertx);
            router.route().handler(new StreamedBodies(routes));
            router.route().handler(BodyHandler.create(false)).handler(routes);
            HttpServer server =
                    await(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
            port = server.actualPort();
        }
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private CallRecorder callRecorder() {
        TwilioProperties account = new TwilioProperties(
                "AC1", "12345", List.of("+15550000000"), URI.create("https://api.twilio.com"), null, true);
        return new CallRecorder(
                recording,
                bean(CustomerContexts.class),
                bean(RecordingStore.class),
                new TwilioAccount(account, new PublicOrigin(URI.create(ORIGIN))));
    }

    private TwilioCalls twilioCalls() {
        MediaProperties media = new MediaProperties(
                100,
                Duration.ofSeconds(2),
                Duration.ofSeconds(4),
                Duration.ofSeconds(2),
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                Duration.ofHours(1),
                Duration.ofSeconds(60),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10));
        CallRegistry registry = bean(CallRegistry.class);
        MediaStreams streams = new MediaStreams(
                media,
                List.of(new EchoConnector(vertx)),
                new MediaPipeline(),
                call -> bean(CallJournals.class).open(call, registry, media, Runnable::run),
                new RouteHooks(new Routes(GatewayBeans.of(beans), vertx, new ApiEditions(vertx)), Runnable::run),
                System::currentTimeMillis);
        return new TwilioCalls(
                bean(CallStore.class),
                bean(CallEventStore.class),
                bean(CallContextStore.class),
                registry,
                streams,
                media,
                new PublicOrigin(URI.create(ORIGIN)));
    }

    private static List<String> recipes() {
        try (Stream<Path> folders = Files.list(ROUTES.resolve("recipe"))) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
