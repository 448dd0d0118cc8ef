package dev.patchbay.route.check;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;

/** What can be said of a kamelet's file by itself. */
final class KameletText {

    private static final String FROM = "org.apache.camel.model.FromDefinition";
    private static final String ROUTE = "org.apache.camel.model.RouteDefinition";
    private static final Set<String> TEMPLATE = Set.of("id", "beans", "from", "route");

    private KameletText() {}

    static void check(YamlText file, Consumer<RouteFinding> findings) {
        Node root = file.root();
        if (!YamlText.text(YamlText.member(root, "kind")).equals("Kamelet")) {
            findings.accept(file.finding(root, "is no kamelet: it begins with apiVersion and kind: Kamelet"));
            return;
        }
        Node name = YamlText.member(YamlText.member(root, "metadata"), "name");
        String expected = RouteSources.name(file.path());
        if (!YamlText.text(name).equals(expected)) {
            findings.accept(file.finding(
                    name == null ? root : name,
                    "metadata.name is the name of the file, by which it is found: " + expected));
        }
        Node template = YamlText.member(YamlText.member(root, "spec"), "template");
        Node from = YamlText.member(template, "from");
        Node route = YamlText.member(template, "route");
        if (from == null && route == null) {
            findings.accept(file.finding(
                    template == null ? root : template, "spec.template has no from, so there is nothing to run"));
        }
        YamlText.members(template).stream()
                .map(NodeTuple::getKeyNode)
                .filter(key -> !TEMPLATE.contains(YamlText.text(key)))
                .forEach(key -> findings.accept(file.finding(
                        key,
                        "spec.template has no " + YamlText.text(key) + Nearest.hint(YamlText.text(key), TEMPLATE))));
        if (from != null) {
            CamelSchema.get()
                    .check("from", from, from, FROM, (at, reason) -> findings.accept(file.finding(at, reason)));
        }
        if (route != null) {
            CamelSchema.get()
                    .check("route", route, route, ROUTE, (at, reason) -> findings.accept(file.finding(at, reason)));
        }
    }

    /** Whether routes begin with it; else it is a step of theirs. */
    static boolean isSource(YamlText file) {
        Node template = YamlText.member(YamlText.member(file.root(), "spec"), "template");
        Node route = YamlText.member(template, "route");
        Node from = YamlText.member(route == null ? template : route, "from");
        return !YamlText.text(YamlText.member(from, "uri")).startsWith("kamelet:source");
    }

    /** Values for the parameters that have no default, as examples have them; nothing when one has no example. */
    static Optional<Map<String, Object>> example(@Nullable YamlText file) {
        Node definition = file == null ? null : YamlText.member(YamlText.member(file.root(), "spec"), "definition");
        Node properties = YamlText.member(definition, "properties");
        Set<String> required = YamlText.items(YamlText.member(definition, "required")).stream()
                .map(YamlText::text)
                .collect(Collectors.toSet());
        Map<String, Object> values = new HashMap<>();
        for (NodeTuple property : YamlText.members(properties)) {
            String name = YamlText.text(property.getKeyNode());
            Node given = YamlText.member(property.getValueNode(), "example");
            Node standard = YamlText.member(property.getValueNode(), "default");
            if (given != null || standard != null) {
                values.put(name, YamlText.text(given == null ? standard : given));
            }
        }
        return values.keySet().containsAll(required) ? Optional.of(values) : Optional.empty();
    }
}
