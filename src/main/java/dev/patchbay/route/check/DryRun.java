package dev.patchbay.route.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.PlatformHttpConstants;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.util.URISupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Makes everything that the files describe, in a context that is thrown away, and starts no consumer: no schedule fires, no
 * socket opens, no topic is read. One file after the other, so that each answers for itself. Routes of providers that are
 * off are made too.
 */
final class DryRun implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DryRun.class);
    private static final Pattern SWITCH = Pattern.compile("\\{\\{!?([^}:?]+)[^}]*}}");
    private static final Pattern KAMELET = Pattern.compile("kamelet:([\\w-]+)|Kamelet with id ([\\w-]+)");

    private final RouteSources sources;
    private final RouteBeans beans;
    private final Map<String, YamlText> texts;
    private final Consumer<RouteFinding> findings;
    private final DefaultCamelContext context;
    private final Set<String> brokenKamelets = new HashSet<>();

    /**
     * @param texts the files that are YAML, by path
     * @throws Exception when not even an empty context starts
     */
    DryRun(RouteSources sources, RouteBeans beans, Map<String, YamlText> texts, Consumer<RouteFinding> findings)
            throws Exception {
        this.sources = sources;
        this.beans = beans;
        this.texts = texts;
        this.findings = findings;
        sources.kameletFiles().stream()
                .filter(path -> !texts.containsKey(path))
                .forEach(path -> brokenKamelets.add(RouteSources.name(path)));
        this.context = RouteContexts.of("dry-run", sources, RouteContexts.with(beans, switchesOn(texts.values())));
        context.disableJMX();
        context.setAutoStartup(false);
        context.getRegistry().bind(PlatformHttpConstants.PLATFORM_HTTP_ENGINE_NAME, new NoEngine());
        context.start();
    }

    /** Error configurations and kamelets, which every route may use, and then these routes. */
    void run(Collection<String> routeFiles) {
        routeFiles.stream().filter(path -> path.startsWith("error/")).forEach(this::runErrorConfiguration);
        sources.kameletFiles().stream().filter(texts::containsKey).forEach(this::runKamelet);
        routeFiles.stream().filter(path -> !path.startsWith("error/")).forEach(this::runRoute);
    }

    private void runErrorConfiguration(String path) {
        List<RouteConfigurationDefinition> before = List.copyOf(context.getRouteConfigurationDefinitions());
        try {
            RouteContexts.load(context, sources, path);
        } catch (Exception e) {
            report(path, e);
            return;
        }
        List<RouteConfigurationDefinition> added = new ArrayList<>(context.getRouteConfigurationDefinitions());
        added.removeAll(before);
        for (RouteConfigurationDefinition configuration : added) {
            try {
                context.addRoutes(user(configuration, "dry-run-" + RouteSources.name(path)));
            } catch (Exception e) {
                report(path, e);
                remove(configuration);
            }
        }
    }

    /** Nothing of an error configuration is made before a route uses it. */
    private static RouteBuilder user(RouteConfigurationDefinition configuration, String id) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                RouteDefinition route = from("direct:" + id).routeId(id);
                if (configuration.getId() != null) {
                    route.routeConfigurationId(configuration.getId());
                }
                route.log("used");
            }
        };
    }

    private void remove(RouteConfigurationDefinition configuration) {
        try {
            context.removeRouteConfiguration(configuration);
        } catch (Exception e) {
            LOG.debug("An error configuration stays in a context that is thrown away", e);
        }
    }

    /** As a template, which makes nothing yet; where its parameters have examples or defaults, also in a route that uses it. */
    private void runKamelet(String path) {
        String name = RouteSources.name(path);
        YamlText text = texts.get(path);
        try {
            RouteContexts.load(context, sources, path);
            Optional<Map<String, Object>> parameters = KameletText.example(text);
            if (text != null && parameters.isPresent()) {
                context.addRoutes(user(text, name, parameters.get()));
            }
        } catch (Exception e) {
            brokenKamelets.add(name);
            report(path, e);
        }
    }

    private static RouteBuilder user(YamlText kamelet, String name, Map<String, Object> parameters) {
        Map<String, Object> literal = new TreeMap<>();
        parameters.forEach((parameter, value) -> literal.put(parameter, "RAW(" + value + ")"));
        String uri = "kamelet:" + name + (literal.isEmpty() ? "" : "?" + URISupport.createQueryString(literal, false));
        String id = "dry-run-" + name;
        return new RouteBuilder() {
            @Override
            public void configure() {
                if (KameletText.isSource(kamelet)) {
                    from(uri).routeId(id).log("used");
                } else {
                    from("direct:" + id).routeId(id).to(uri);
                }
            }
        };
    }

    private void runRoute(String path) {
        try {
            RouteContexts.load(context, sources, path);
        } catch (Exception e) {
            report(path, e);
            return;
        }
        YamlText text = texts.get(path);
        if (text != null) {
            YamlRoute.sendings(text.root()).forEach(sending -> checkComponent(text, sending));
            BeanMethods.check(text, beans, findings);
        }
    }

    /** Camel looks for the component of a {@code toD} when the first message comes. */
    private void checkComponent(YamlText text, YamlRoute.Sending sending) {
        Matcher scheme = Pattern.compile("^([A-Za-z][\\w.+-]*):?").matcher(sending.uri());
        if (sending.uri().startsWith("${") || sending.uri().startsWith("{{")) {
            if (sending.uri().startsWith("${")) {
                findings.accept(
                        text.finding(sending.at(), "which component? It is written out before the first ${...}"));
            }
        } else if (scheme.find() && context.getComponent(scheme.group(1), true) == null) {
            findings.accept(text.finding(
                    sending.at(),
                    "there is no component %s%s"
                            .formatted(scheme.group(1), Nearest.hint(scheme.group(1), context.getComponentNames()))));
        }
    }

    private void report(String path, Exception thrown) {
        LOG.debug("Dry-run of {}", path, thrown);
        YamlText text = Objects.requireNonNull(texts.get(path));
        CamelFault fault = CamelFault.of(thrown, names());
        Optional<String> kamelet = kameletOf(thrown);
        if (kamelet.isPresent() && brokenKamelets.contains(kamelet.get())) {
            return; // That has been said, of the kamelet's file.
        }
        String kameletFile =
                kamelet.map(name -> "kamelet/" + name + ".kamelet.yaml").orElse("");
        YamlText kameletText = texts.get(kameletFile);
        if (kameletText != null && !path.equals(kameletFile)) {
            Optional<RouteFinding> inside = fault.in(kameletText, kameletText.root());
            if (inside.isPresent() && fault.in(text, text.root()).isEmpty()) {
                brokenKamelets.add(kamelet.get());
                findings.accept(inside.get());
                return;
            }
        }
        findings.accept(fault.in(text, text.root()).orElseGet(() -> text.finding(begin(text), fault.reason())));
    }

    /** Where a person begins to look when Camel does not say more. */
    private static Node begin(YamlText text) {
        return YamlRoute.of(text).stream()
                .findFirst()
                .map(YamlRoute::definition)
                .orElse(Objects.requireNonNull(text.root()));
    }

    private static Optional<String> kameletOf(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            Matcher named = KAMELET.matcher(String.valueOf(cause.getMessage()));
            if (cause.getClass().getSimpleName().contains("Kamelet") && named.find()) {
                return Optional.of(named.group(1) == null ? named.group(2) : named.group(1));
            }
        }
        return Optional.empty();
    }

    private Set<String> names() {
        Set<String> names = new HashSet<>(beans.names().get());
        sources.kameletFiles().forEach(path -> names.add(RouteSources.name(path)));
        return names;
    }

    /** Every placeholder that alone decides whether a route is loaded. */
    private static Map<String, String> switchesOn(Collection<YamlText> texts) {
        Map<String, String> on = new HashMap<>();
        texts.stream()
                .flatMap(text -> YamlRoute.of(text).stream())
                .map(route -> route.value("precondition"))
                .map(SWITCH::matcher)
                .filter(Matcher::matches)
                .forEach(found ->
                        on.put(found.group(1), String.valueOf(!found.group().startsWith("{{!"))));
        return on;
    }

    @Override
    public void close() {
        try {
            context.close();
        } catch (IOException e) {
            LOG.debug("A dry-run did not end well", e);
        }
    }

    /** Takes entries and opens nothing. */
    private static final class NoEngine implements PlatformHttpEngine {

        @Override
        public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
            return new NoConsumer(endpoint, processor);
        }

        @Override
        public int getServerPort() {
            return 1;
        }
    }

    private static final class NoConsumer extends DefaultConsumer implements PlatformHttpConsumer {

        private final PlatformHttpEndpoint endpoint;

        NoConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
            super(endpoint, processor);
            this.endpoint = endpoint;
        }

        @Override
        public PlatformHttpEndpoint getEndpoint() {
            return endpoint;
        }
    }
}
