package dev.patchbay.route.check;

import dev.patchbay.route.check.YamlRoute.Sending;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** How a file of the routes folder is written in this project: what can be said of one file by itself. */
final class RouteConventions {

    private static final Pattern ID = Pattern.compile("[a-z0-9-]+");
    private static final Pattern FUNCTION = Pattern.compile("\\$\\{[^}]*}");
    private static final Set<String> DOORS = Set.of("api", "webhook", "sandbox");
    private static final Set<String> OF_A_DOOR = Set.of("routePolicy", "routeConfigurationId", "errorHandler");
    private static final Set<String> ENTRIES = Set.of("route", "routeConfiguration", "beans");

    private final YamlText file;
    private final Set<String> providers;
    private final Consumer<RouteFinding> findings;

    private RouteConventions(YamlText file, Set<String> providers, Consumer<RouteFinding> findings) {
        this.file = file;
        this.providers = providers;
        this.findings = findings;
    }

    /** @param providers the names of all providers that have a folder */
    static void check(YamlText file, Set<String> providers, Consumer<RouteFinding> findings) {
        RouteConventions conventions = new RouteConventions(file, providers, findings);
        conventions.checkFile();
        YamlRoute.of(file).forEach(conventions::checkRoute);
    }

    private void found(Node at, String reason) {
        findings.accept(file.finding(at, reason));
    }

    private void checkFile() {
        List<Node> entries = YamlRoute.entries(file);
        if (entries.size() > 1) {
            found(
                    entries.get(1),
                    "a file holds one route: an edit of one must not break another, and a file is found by its route's id");
        }
        for (Node entry : entries) {
            YamlText.members(entry).stream()
                    .map(member -> member.getKeyNode())
                    .filter(key -> !ENTRIES.contains(YamlText.text(key)))
                    .forEach(key -> found(
                            key,
                            "a file holds one route, which begins with \"- route:\", and no " + YamlText.text(key)
                                    + " beside it"));
            Node configuration = YamlText.key(entry, "routeConfiguration");
            if (configuration != null && !RouteSources.folder(file.path()).equals("error")) {
                found(configuration, "an error configuration is in the folder error/, which is read before the routes");
            }
        }
        checkBlockStyle(file.root());
        YamlText.scalars(file.root())
                .filter(scalar -> scalar.getValue().contains("${bean:"))
                .forEach(scalar -> findings.accept(at(
                        scalar,
                        "${bean:",
                        "${bean:...} takes its parameters out of the text, where a caller's data would be"
                                + " parsed as code: use method: or bean:")));
    }

    /** An empty list or map has no other way. */
    private void checkBlockStyle(@Nullable Node node) {
        if (node instanceof CollectionNode<?> collection
                && collection.getFlowStyle() == FlowStyle.FLOW
                && !collection.getValue().isEmpty()) {
            found(
                    node,
                    "is written in one line ({a: b} or [a, b]); Kaoto writes it back in block style, which makes the"
                            + " next diff unreadable");
            return;
        }
        YamlText.children(node).forEach(this::checkBlockStyle);
    }

    private void checkRoute(YamlRoute route) {
        checkId(route);
        int described = route.value("description").length();
        if (described < 10 || described > 100) {
            found(
                    route.place("description"),
                    "a route has a description of 10 to 100 characters, the line that hawtio and"
                            + " the map in README.md show of it");
        }
        for (Sending sending : route.sendings()) {
            checkSending(route, sending);
        }
        if (route.isEntry()) {
            checkEntry(route);
        } else {
            OF_A_DOOR.stream()
                    .filter(route::has)
                    .sorted()
                    .forEach(
                            name -> found(
                                    Objects.requireNonNull(YamlText.key(route.definition(), name)),
                                    name
                                            + " is for entries (platform-http): how an error looks belongs to the door, not to the room"));
        }
        if (!route.provider().isEmpty()) {
            checkProvider(route);
        }
        if (!route.recipe().isEmpty()) {
            checkRecipe(route);
        }
    }

    private void checkId(YamlRoute route) {
        String name = RouteSources.name(file.path());
        if (!ID.matcher(route.id()).matches()) {
            found(
                    route.place("id"),
                    route.id().isEmpty()
                            ? "a route has an id, which is the name of its file: id: " + name
                            : "an id is of small letters, digits and hyphens");
        } else if (!route.id().equals(name)) {
            found(route.place("id"), "the id " + route.id() + " is not the name of the file, " + name);
        }
        if (isNamed(route) && route.uri().startsWith("direct:") && !route.uri().equals("direct:" + route.id())) {
            found(route.uriPlace(), "a route is reached by its id: direct:" + route.id());
        }
        boolean right =
                switch (route.folder()) {
                    case "api" -> route.id().startsWith("api-");
                    case "webhook" -> route.id().endsWith("-webhook");
                    case "sandbox" -> route.id().matches("sandbox-.*|tool-.*"); // agents name tools
                    default ->
                        !route.recipe().isEmpty() || !route.id().matches("api-.*|sandbox-.*|recipe-.*|.*-webhook");
                };
        if (!right && isNamed(route)) {
            found(
                    route.place("id"),
                    "the id says another folder than %s/, where the file is: it is api-..., ...-webhook or"
                                    .formatted(route.folder())
                            + " sandbox-... in these folders, and in no others");
        }
    }

    /** Otherwise nobody knows whether the id is wrong or what should begin with it. */
    private boolean isNamed(YamlRoute route) {
        return route.id().equals(RouteSources.name(file.path()));
    }

    private void checkSending(YamlRoute route, Sending sending) {
        if (isNamed(route) && !sending.id().startsWith(route.id() + "-")) {
            found(
                    sending.stepAt(),
                    "a step that sends on has an id that begins with the route's: id: " + route.id()
                            + "-..., by which figures, breakpoints and tests find it");
        }
        for (MatchResult function : FUNCTION.matcher(sending.uri()).results().toList()) {
            if (!function.group().startsWith("${variable.")) {
                found(
                        sending.at(),
                        function.group() + " chooses a route: only a ${variable...} may, because a header or body"
                                + " may come from outside");
            }
        }
    }

    private void checkEntry(YamlRoute route) {
        String policy = route.value("routePolicy");
        String known =
                route.folder().equals("sandbox") ? "sandbox-[a-z]+" : "api-key|api-key-csv|public|[a-z]+-signature";
        if (!policy.matches(known)) {
            found(
                    route.place("routePolicy"),
                    "who may call this entry? routePolicy: is api-key, api-key-csv, public or" + " <provider>-signature"
                            + (policy.isEmpty() ? "" : ", not " + policy));
        }
        if (route.value("routeConfigurationId").isEmpty()) {
            found(
                    route.definition(),
                    "how does an error of this entry look? routeConfigurationId: is error-api or" + " error-webhook");
        }
        if (!route.parameters().containsKey("path")) {
            found(route.uriPlace(), "an entry has the parameter path");
        }
        if (!route.parameters().containsKey("httpMethodRestrict")) {
            found(route.uriPlace(), "an entry has the parameter httpMethodRestrict: GET, POST ...");
        }
        if (!DOORS.contains(route.folder()) && route.recipe().isEmpty()) { // a recipe's says so in its id
            found(
                    route.uriPlace(),
                    "an entry (platform-http) is in api/, webhook/ or sandbox/, where who reviews what is"
                            + " open finds it");
        }
    }

    private void checkProvider(YamlRoute route) {
        String provider = route.provider();
        if (!route.id().startsWith(provider + "-")) {
            found(route.place("id"), "a route of the provider " + provider + " has an id that begins with its name");
        }
        String precondition = "{{patchbay.provider." + provider + ".enabled}}";
        if (!route.value("precondition").equals(precondition)) {
            found(
                    route.place("precondition"),
                    "a provider's route is loaded when the provider is on: precondition: \"" + precondition + "\"");
        }
        for (Sending sending : route.sendings()) {
            if (!sending.isDirect()) {
                continue;
            }
            if (sending.isComputed()) {
                found(
                        sending.at(),
                        "a provider's route names where it sends, so that it never reaches another provider");
            }
            providers.stream()
                    .filter(other -> !other.equals(provider) && sending.name().startsWith(other + "-"))
                    .forEach(other -> found(
                            sending.at(),
                            "a provider's route never sends to another provider: " + other + " may be off"));
        }
    }

    private void checkRecipe(YamlRoute route) {
        String name = route.recipe();
        String ownRoute = "(recipe|tool)-" + Pattern.quote(name) + "(-[a-z]+)*"; // agents name tools
        boolean named = route.id().matches(ownRoute);
        if (isNamed(route) && (!named || route.id().endsWith("-webhook") != route.isEntry())) {
            found(
                    route.place("id"),
                    "a route of the recipe %1$s is called recipe-%1$s or recipe-%1$s-..., or tool-%1$s... where an agent"
                                    .formatted(name)
                            + " calls it, and ends in -webhook where it is an entry");
        }
        String precondition = "{{patchbay.recipe." + name + ".enabled}}";
        if (!route.value("precondition").equals(precondition)) {
            found(
                    route.place("precondition"),
                    "a recipe's route is loaded when the recipe is on: precondition: \"" + precondition + "\"");
        }
        for (Sending sending : route.sendings()) {
            if (!sending.isDirect()) {
                continue;
            }
            boolean ours = sending.name().matches(ownRoute);
            if (sending.isComputed()
                    || (sending.name().matches("(recipe|tool)-.*") && !ours)
                    || providers.stream().anyMatch(provider -> sending.name().startsWith(provider + "-"))) {
                found(
                        sending.at(),
                        "a recipe's route sends to operations and to its own: another recipe, or a provider, may be"
                                + " off");
            }
        }
    }

    private RouteFinding at(ScalarNode scalar, String part, String reason) {
        return file.finding(
                scalar, YamlText.isOneLine(scalar) ? scalar.getValue().indexOf(part) : 0, reason);
    }
}
