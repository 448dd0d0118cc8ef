package dev.patchbay.route.check;

import dev.patchbay.http.openapi.ApiDocumentException;
import dev.patchbay.http.openapi.ApiEditions;
import dev.patchbay.route.check.RouteWiring.Change;
import dev.patchbay.twiml.TwimlTemplates;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * Everything that can be found wrong with the files of a routes folder before they run: whether they are texts, YAML, what
 * Camel's schema and this project's conventions say, how they fit together, and whether Camel can make what they describe.
 */
public final class RouteCheck {

    /** What the gateway answers itself, before any route is asked: {@code METHOD path}, parameters as {@code {}}. */
    public static final Set<String> SERVED_BY_THE_GATEWAY =
            Set.of("GET /audio/{}", "GET /docs", "GET /health", "GET /openapi.json", "GET /twilio/media-stream/{}");

    private final RouteBeans beans;
    private final ApiEditions documents;

    /**
     * @param beans what the routes find around them
     * @param documents reads the document of the API
     */
    public RouteCheck(RouteBeans beans, ApiEditions documents) {
        this.beans = beans;
        this.documents = documents;
    }

    /**
     * What a gateway with these settings would say of the files, without one: nothing is started.
     *
     * @param environment whose profiles decide which beans there are
     */
    public static List<RouteFinding> offline(RouteSources sources, Environment environment) {
        Vertx vertx = Vertx.vertx();
        try {
            return new RouteCheck(StandInBeans.of(environment), new ApiEditions(vertx)).check(sources);
        } finally {
            vertx.close();
        }
    }

    /** What is wrong with all of it; nothing when it can run. */
    public List<RouteFinding> check(RouteSources sources) {
        return new Run(sources, null, Set.of()).findings();
    }

    /**
     * What is wrong with it where something that runs is to be replaced.
     *
     * @param before what runs: of what is the same in both, it is known that Camel can make it
     * @param leftOut paths of files that cannot be used and that are not in {@code sources}; to miss what they had is no news
     */
    public List<RouteFinding> check(RouteSources sources, @Nullable RouteSources before, Collection<String> leftOut) {
        return new Run(sources, before, leftOut).findings();
    }

    /** One check. */
    private final class Run {

        private final RouteSources sources;
        private final @Nullable RouteSources before;
        private final Collection<String> leftOut;
        private final Set<RouteFinding> findings = new TreeSet<>();
        private final Map<String, YamlText> texts = new TreeMap<>();
        private final Set<String> malformed = new TreeSet<>();
        private final Set<String> newKamelets;

        Run(RouteSources sources, @Nullable RouteSources before, Collection<String> leftOut) {
            this.sources = sources;
            this.before = before;
            this.leftOut = leftOut;
            this.newKamelets = newKamelets();
        }

        List<RouteFinding> findings() {
            if (sources.routeFiles().isEmpty() && leftOut.isEmpty()) {
                return List.of(
                        RouteFinding.of("", "no route is here: is PATCHBAY_ROUTES_DIR the folder of the routes?"));
            }
            for (String path : sources.paths()) {
                FileContent.fault(sources, path).ifPresentOrElse(findings::add, () -> checkFile(path));
            }
            if (!sources.paths().contains(RouteSources.API_DOCUMENT) && !leftOut.contains(RouteSources.API_DOCUMENT)) {
                findings.add(RouteFinding.of(RouteSources.API_DOCUMENT, "is not there: requests are held against it"));
            }
            checkConventions();
            RouteWiring.check(List.copyOf(texts.values()), change(), findings::add);
            dryRun();
            return List.copyOf(findings);
        }

        private void checkFile(String path) {
            if (path.equals(RouteSources.API_DOCUMENT)) {
                checkDocument(path);
            } else if (RouteSources.isTemplateFile(path)) {
                TwimlTemplates.mistake(RouteSources.name(path), sources.text(path))
                        .ifPresent(mistake -> findings.add(YamlText.plain(path, sources.text(path))
                                .finding(mistake.line(), mistake.column(), mistake.reason())));
            } else if (RouteSources.isRouteFile(path) || RouteSources.isKameletFile(path)) {
                checkYaml(path);
            } else {
                findings.add(
                        RouteFinding.of(
                                path,
                                "nothing reads this: the file of a route ends in .camel.yaml, that of a kamelet in .kamelet.yaml"));
            }
        }

        private void checkYaml(String path) {
            YamlText text = YamlText.parse(path, sources.text(path));
            if (text.fault().isPresent()) {
                findings.add(text.fault().get());
            } else if (text.root() == null) {
                findings.add(RouteFinding.of(path, "has nothing in it but comments"));
            } else if (RouteSources.isKameletFile(path)) {
                if (!RouteSources.folder(path).equals("kamelet")) {
                    findings.add(RouteFinding.of(path, "kamelets are looked for in the folder kamelet/ only"));
                }
                texts.put(path, text);
                KameletText.check(text, this::malformed);
            } else {
                texts.put(path, text);
                CamelSchema.get().checkFile(text.root(), (at, reason) -> malformed(text.finding(at, reason)));
            }
        }

        /** Camel cannot load this, or would say the same in other words. */
        private void malformed(RouteFinding finding) {
            malformed.add(finding.path());
            findings.add(finding);
        }

        private void checkDocument(String path) {
            try {
                documents.of(sources.shown(path), sources.text(path));
            } catch (ApiDocumentException e) {
                findings.add(YamlText.plain(path, sources.text(path)).finding(e.line(), e.column(), e.reason()));
            }
        }

        private void checkConventions() {
            Set<String> providers = texts.keySet().stream()
                    .map(RouteSources::folder)
                    .filter(folder -> folder.startsWith("provider/"))
                    .map(folder -> folder.substring("provider/".length()))
                    .collect(Collectors.toSet());
            // What has another form than Camel's breaks rules only because of it.
            routeTexts()
                    .filter(text -> !malformed.contains(text.path()))
                    .forEach(text -> RouteConventions.check(text, providers, findings::add));
        }

        private Stream<YamlText> routeTexts() {
            return texts.values().stream().filter(text -> RouteSources.isRouteFile(text.path()));
        }

        private Change change() {
            Set<String> changed = before == null ? Set.of() : sources.differences(before);
            Map<String, String> gone = new HashMap<>();
            changed.stream()
                    .filter(path ->
                            RouteSources.isRouteFile(path) && !sources.paths().contains(path))
                    .forEach(path -> gone.put(RouteSources.name(path), sources.shown(path)));
            // What a file would have that cannot be read is not missed once more in every other file.
            Set<String> unknown = Stream.of(leftOut, malformed, sources.unread().keySet(), sources.routeFiles())
                    .flatMap(Collection::stream)
                    .filter(path -> malformed.contains(path) || !texts.containsKey(path))
                    .map(RouteSources::name)
                    .collect(Collectors.toSet());
            return new Change(changed, gone, unknown);
        }

        /** Of what has the right form. */
        private void dryRun() {
            Set<String> faulty = findings.stream().map(RouteFinding::path).collect(Collectors.toSet());
            Map<String, YamlText> sound = new TreeMap<>(texts);
            sound.keySet().removeAll(malformed);
            List<String> routes = sources.routeFiles().stream()
                    .filter(sound::containsKey)
                    .filter(path -> path.startsWith("error/") || hasBeans(path) || isNews(path))
                    .sorted(Comparator.comparing(path -> !hasBeans(path))) // Each is tried as soon as it is loaded.
                    .toList();
            if (routes.stream().noneMatch(this::isNews)
                    && sources.kameletFiles().stream().noneMatch(this::isNews)) {
                return;
            }
            List<RouteFinding> found = new ArrayList<>();
            try (DryRun run = new DryRun(sources, beans, sound, found::add)) {
                run.run(routes);
            } catch (Exception e) {
                found.add(RouteFinding.of("", "could not be tried: " + e.getMessage()));
            }
            // Where a rule has been broken already, a second finding on the same line tells nothing new.
            found.stream()
                    .filter(finding -> !faulty.contains(finding.path()) || !isKnown(finding))
                    .filter(finding -> !finding.reason().contains("Duplicate id detected")) // RouteWiring says where.
                    .forEach(findings::add);
        }

        /** Other files may use them. */
        private boolean hasBeans(String path) {
            YamlText text = texts.get(path);
            return text != null
                    && YamlText.items(text.root()).stream().anyMatch(entry -> YamlText.member(entry, "beans") != null);
        }

        private boolean isKnown(RouteFinding finding) {
            return findings.stream()
                    .anyMatch(known -> known.path().equals(finding.path()) && known.line() == finding.line());
        }

        /**
         * Whether it, or a kamelet that it uses, is not as it runs. An error configuration is tried by itself; what it does
         * to the routes is found when they are built.
         */
        private boolean isNews(String path) {
            return before == null || !sources.sameIn(before, path) || uses(path, newKamelets);
        }

        /** Those that are not as they run, and those that use them. */
        private Set<String> newKamelets() {
            Set<String> found = new TreeSet<>();
            if (before == null) {
                return found;
            }
            sources.differences(before).stream()
                    .filter(RouteSources::isKameletFile)
                    .map(RouteSources::name)
                    .forEach(found::add);
            while (!found.isEmpty()) {
                Set<String> users = sources.kameletFiles().stream()
                        .filter(path -> uses(path, found))
                        .map(RouteSources::name)
                        .collect(Collectors.toSet());
                if (!found.addAll(users)) {
                    break;
                }
            }
            return found;
        }

        private boolean uses(String path, Set<String> kamelets) {
            if (kamelets.isEmpty()) {
                return false;
            }
            String text = sources.text(path);
            return kamelets.stream().anyMatch(text::contains);
        }
    }
}
