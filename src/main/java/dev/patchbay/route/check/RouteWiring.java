package dev.patchbay.route.check;

import dev.patchbay.route.check.YamlRoute.Sending;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/**
 * How the files of a routes folder fit together: what Camel does not find out before the first message, because it looks at
 * one route at a time.
 */
final class RouteWiring {

    private static final Pattern COMPUTED = Pattern.compile("\\$\\{[^}]*}|\\{\\{[^}]*}}");

    private final List<YamlText> files;
    private final List<YamlRoute> routes;
    private final Change change;
    private final Consumer<RouteFinding> findings;

    /**
     * What is different from before; it says on which of two files a contradiction is to be put down.
     *
     * @param changed paths
     * @param gone the names of routes whose files are not there any more, to their paths
     * @param leftOut the names of routes and error configurations whose files cannot be used; to miss them is no news
     */
    record Change(Set<String> changed, Map<String, String> gone, Set<String> leftOut) {
        static final Change NONE = new Change(Set.of(), Map.of(), Set.of());
    }

    private RouteWiring(List<YamlText> files, Change change, Consumer<RouteFinding> findings) {
        this.files = files;
        this.routes =
                files.stream().flatMap(file -> YamlRoute.of(file).stream()).toList();
        this.change = change;
        this.findings = findings;
    }

    /** @param files those of routes and kamelets that are YAML */
    static void check(List<YamlText> files, Change change, Consumer<RouteFinding> findings) {
        RouteWiring wiring = new RouteWiring(files, change, findings);
        wiring.checkIds();
        wiring.checkStepIds();
        wiring.checkEntries();
        wiring.checkErrorConfigurations();
        wiring.checkTargets();
        wiring.checkCycles();
    }

    private void checkIds() {
        twice(
                routes.stream().filter(route -> !route.id().isEmpty()),
                YamlRoute::id,
                (route, other) -> route.file()
                        .finding(
                                route.place("id"),
                                "the id %s is also that of %s, and Camel would run one of them only"
                                        .formatted(route.id(), other.path())),
                YamlRoute::path);
    }

    private void checkStepIds() {
        record Step(YamlRoute route, Sending sending) {}
        twice(
                routes.stream()
                        .flatMap(route -> route.sendings().stream().map(sending -> new Step(route, sending)))
                        .filter(step -> !step.sending().id().isEmpty()),
                step -> step.sending().id(),
                (step, other) -> step.route()
                        .file()
                        .finding(
                                step.sending().stepAt(),
                                "the id %s is also that of a step in %s"
                                        .formatted(
                                                step.sending().id(),
                                                other.route().path())),
                step -> step.route().path());
    }

    private void checkEntries() {
        record Door(YamlRoute route, String method, String path) {
            String key() {
                return method + " " + path.replaceAll("\\{[^}]*}", "{}");
            }
        }
        List<Door> doors = routes.stream()
                .filter(YamlRoute::isEntry)
                .flatMap(route -> route.methods().stream()
                        .map(method ->
                                new Door(route, method, route.parameters().getOrDefault("path", ""))))
                .filter(door -> !door.path().isEmpty())
                .toList();
        doors.stream()
                .filter(door -> RouteCheck.SERVED_BY_THE_GATEWAY.contains(door.key()))
                .forEach(door -> findings.accept(door.route()
                        .file()
                        .finding(
                                door.route().parameterPlace("path"),
                                "%s %s is served by the gateway itself".formatted(door.method(), door.path()))));
        Set<String> told = new HashSet<>();
        twice(
                doors.stream(),
                Door::key,
                (door, other) -> told.add(door.route().path() + other.route().path())
                        ? door.route()
                                .file()
                                .finding(
                                        door.route().parameterPlace("path"),
                                        "%s %s is also the door of %s"
                                                .formatted(
                                                        door.method(),
                                                        door.path(),
                                                        other.route().path()))
                        : null,
                door -> door.route().path());
    }

    private void checkErrorConfigurations() {
        Set<String> known = files.stream()
                .flatMap(file -> YamlRoute.entries(file).stream())
                .map(entry -> YamlText.text(YamlText.member(YamlText.member(entry, "routeConfiguration"), "id")))
                .filter(id -> !id.isEmpty())
                .collect(Collectors.toSet());
        for (YamlRoute route : routes) {
            String named = route.value("routeConfigurationId");
            if (!named.isEmpty() && !known.contains(named) && !change.leftOut().contains(named)) {
                findings.accept(route.file()
                        .finding(
                                route.place("routeConfigurationId"),
                                "there is no error configuration " + named + Nearest.hint(named, known)));
            }
        }
    }

    private void checkTargets() {
        Set<String> always = names(route -> !route.folder().equals("sandbox"));
        Set<String> inSandbox = names(route -> true);
        for (YamlText file : files) {
            Set<String> served = RouteSources.folder(file.path()).equals("sandbox") ? inSandbox : always;
            Stream.concat(YamlRoute.sendings(file.root()).stream(), YamlRoute.computedSendings(file.root()).stream())
                    .filter(Sending::isDirect)
                    .filter(sending -> !isServed(sending.name(), served))
                    .forEach(sending -> findings.accept(file.finding(sending.at(), unserved(sending.name(), served))));
        }
    }

    private Set<String> names(Predicate<YamlRoute> which) {
        return routes.stream()
                .filter(which)
                .filter(route -> route.uri().startsWith("direct:"))
                .map(route -> route.uri()
                        .substring("direct:".length())
                        .replaceFirst("^//", "")
                        .replaceFirst("\\?.*", ""))
                .collect(Collectors.toSet());
    }

    private boolean isServed(String name, Set<String> served) {
        return name.isEmpty()
                || matching(name, served).findAny().isPresent()
                || matching(name, change.leftOut()).findAny().isPresent();
    }

    /** The part that is computed is a part of a naming rule: {@code ${variable.provider}-call-answer}. */
    private static Stream<String> matching(String name, Collection<String> names) {
        if (!COMPUTED.matcher(name).find()) {
            return names.stream().filter(name::equals);
        }
        String pattern =
                Stream.of(COMPUTED.split(name, -1)).map(Pattern::quote).collect(Collectors.joining("[a-z0-9-]+"));
        return names.stream().filter(each -> each.matches(pattern));
    }

    private String unserved(String name, Set<String> served) {
        String gone = change.gone().get(name);
        return gone != null
                ? "direct:%s is served by nobody: %s is gone".formatted(name, gone)
                : "direct:%s is served by nobody%s".formatted(name, Nearest.hint(name, served));
    }

    /** Of targets that are written out; where a variable decides, nobody can tell beforehand. */
    private void checkCycles() {
        Map<String, YamlRoute> byName = new LinkedHashMap<>();
        routes.stream()
                .filter(route -> route.uri().startsWith("direct:"))
                .forEach(route -> byName.putIfAbsent(route.uri().substring("direct:".length()), route));
        Map<String, Integer> state = new HashMap<>(); // 1: on the way, 2: done
        for (String name : byName.keySet()) {
            follow(name, byName, state, new ArrayList<>());
        }
    }

    private record Hop(YamlRoute route, Sending sending) {}

    private void follow(String name, Map<String, YamlRoute> byName, Map<String, Integer> state, List<Hop> way) {
        YamlRoute route = byName.get(name);
        if (route == null || state.getOrDefault(name, 0) == 2) {
            return;
        }
        if (state.getOrDefault(name, 0) == 1) {
            int begin = 0;
            while (!way.get(begin).route().equals(route)) {
                begin++;
            }
            tellCycle(way.subList(begin, way.size()));
            return;
        }
        state.put(name, 1);
        Stream.concat(route.sendings().stream(), YamlRoute.computedSendings(route.definition()).stream())
                .filter(sending -> sending.isDirect() && !sending.isComputed())
                .forEach(sending -> {
                    way.add(new Hop(route, sending));
                    follow(sending.name(), byName, state, way);
                    way.remove(way.size() - 1);
                });
        state.put(name, 2);
    }

    private void tellCycle(List<Hop> cycle) {
        Hop blamed = cycle.stream()
                .filter(hop -> change.changed().contains(hop.route().path()))
                .findFirst()
                .orElse(cycle.get(cycle.size() - 1));
        String way = Stream.concat(cycle.stream(), Stream.of(cycle.get(0)))
                .map(hop -> hop.route().id())
                .collect(Collectors.joining(" -> "));
        Node at = blamed.sending().at();
        findings.accept(blamed.route().file().finding(at, "a message would go round in a circle: " + way));
    }

    /** What a contradiction between two things is put down to, and how; null for one that has been told. */
    private interface Words<T> {
        @Nullable
        RouteFinding of(T blamed, T other);
    }

    /** Tells of every two things with one key; the one in a changed file is blamed, else the later one. */
    private <T> void twice(Stream<T> things, Function<T, String> key, Words<T> words, Function<T, String> path) {
        things.collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList())).values().stream()
                .filter(same -> same.size() > 1)
                .forEach(same -> {
                    List<T> ordered = same.stream()
                            .sorted(Comparator.comparing(
                                            (T thing) -> change.changed().contains(path.apply(thing)))
                                    .thenComparing(thing -> !RouteSources.name(path.apply(thing))
                                            .equals(key.apply(thing))))
                            .toList();
                    for (int i = 1; i < ordered.size(); i++) {
                        RouteFinding finding = words.of(ordered.get(i), ordered.get(0));
                        if (finding != null) {
                            findings.accept(finding);
                        }
                    }
                });
    }
}
