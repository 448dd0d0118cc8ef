package dev.patchbay.route.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Camel's own JSON schema of its YAML, which camel-yaml-dsl carries, held against the nodes of a file. A validator for any
 * schema would say of a mistyped step that none of 30 alternatives fits; this one knows the few forms that Camel's schema
 * is made of (a test pins them), so it says what is wrong where it is.
 */
final class CamelSchema {

    private static final String RESOURCE = "/schema/camelYamlDsl.json";
    private static final String REFERENCE = "#/items/definitions/";
    private static final String STEP = "org.apache.camel.model.ProcessorDefinition";

    /** Built once; small compared with the document, of which nothing is kept. */
    private static final class Loaded {
        static final CamelSchema SCHEMA = load();
    }

    private final Map<String, Shape> definitions = new HashMap<>();
    private final Shape entry;

    /**
     * What a node may be.
     *
     * @param name of the definition, for messages; empty for what has none
     * @param scalar whether it may be a single value, and of which type; null when it may not
     * @param items what the elements of a list are; null when it may not be a list
     * @param map whether it may be a map
     * @param members what a map may have, by name; only these where {@code closed}
     * @param required what a map must have
     * @param exclusive of each group a map may have one only
     * @param single whether a map has exactly one member
     */
    private record Shape(
            String name,
            @Nullable Scalar scalar,
            @Nullable Reference items,
            boolean map,
            Map<String, Reference> members,
            boolean closed,
            Set<String> required,
            List<Set<String>> exclusive,
            boolean single) {

        /** Nothing is said about it. */
        boolean isOpen() {
            return scalar == null && items == null && !map;
        }
    }

    /**
     * @param type {@code string}, {@code boolean} or {@code number}
     * @param choices the only values; empty for any
     */
    private record Scalar(String type, Set<String> choices) {}

    /** A shape, or the name of one, because shapes contain each other. */
    private record Reference(
            @Nullable String name, @Nullable Shape inline) {}

    private CamelSchema(JsonNode document) {
        JsonNode all = document.path("items").path("definitions");
        all.fields()
                .forEachRemaining(definition -> definitions.put(
                        definition.getKey(), shape(all, shortName(definition.getKey()), definition.getValue())));
        this.entry = shape(all, "", document.path("items"));
    }

    static CamelSchema get() {
        return Loaded.SCHEMA;
    }

    /** Holds a file of routes against the schema. */
    void checkFile(Node root, BiConsumer<Node, String> fault) {
        if (!(root instanceof SequenceNode list)) {
            fault.accept(root, "a file of routes is a list: it begins with \"- route:\"");
            return;
        }
        list.getValue().forEach(item -> check("entry", item, item, entry, fault));
    }

    /**
     * Holds a part of a file against a definition such as {@code org.apache.camel.model.FromDefinition}.
     *
     * @param name of the part
     * @param at where it begins for a reader
     */
    void check(String name, Node at, Node node, String definition, BiConsumer<Node, String> fault) {
        Shape shape = definitions.get(definition);
        if (shape == null) {
            throw new IllegalArgumentException(definition);
        }
        check(name, at, node, shape, fault);
    }

    private void check(String name, Node at, Node node, Shape shape, BiConsumer<Node, String> fault) {
        if (shape.isOpen()) {
            return;
        }
        if (node instanceof ScalarNode scalar) {
            checkScalar(name, at, scalar, shape, fault);
        } else if (node instanceof SequenceNode list) {
            Reference items = shape.items();
            if (items == null) {
                fault.accept(at, name + " is not a list");
                return;
            }
            Shape each = resolve(items);
            String one = isStep(each) ? "a step" : name;
            list.getValue().forEach(item -> check(one, item, item, each, fault));
        } else if (node instanceof MappingNode map) {
            if (!shape.map()) {
                fault.accept(at, name + (shape.items() == null ? " is a single value" : " is a list"));
                return;
            }
            checkMap(name, at, map, shape, fault);
        }
    }

    private static void checkScalar(
            String name, Node at, ScalarNode node, Shape shape, BiConsumer<Node, String> fault) {
        String value = node.getValue();
        boolean isNull = node.isPlain() && (value.isEmpty() || value.equals("null") || value.equals("~"));
        Scalar scalar = shape.scalar();
        if (scalar == null || isNull) {
            String wanted = shape.items() != null ? "a list" : shape.map() && scalar == null ? "a map" : "a value";
            fault.accept(
                    isNull ? at : node,
                    name + (isNull ? " is empty; it is " + wanted : " is not a text; it is " + wanted));
            return;
        }
        if (value.contains("{{")) { // A setting decides.
            return;
        }
        if (!scalar.choices().isEmpty() && !scalar.choices().contains(value)) {
            fault.accept(
                    node,
                    "%s is one of %s%s"
                            .formatted(
                                    name, String.join(", ", scalar.choices()), Nearest.hint(value, scalar.choices())));
        } else if (scalar.type().equals("boolean") && !value.matches("(?i)true|false")) {
            fault.accept(node, name + " is true or false");
        } else if (scalar.type().equals("number") && !value.matches("[+-]?\\d+(\\.\\d+)?")) {
            fault.accept(node, name + " is a number");
        }
    }

    private void checkMap(String name, Node at, MappingNode map, Shape shape, BiConsumer<Node, String> fault) {
        Set<String> met = new LinkedHashSet<>();
        Set<String> unknown = new HashSet<>();
        for (NodeTuple member : map.getValue()) {
            String key = YamlText.text(member.getKeyNode());
            if (!met.add(key)) {
                fault.accept(member.getKeyNode(), "%s is here twice".formatted(key));
                continue;
            }
            Reference wanted = shape.members().get(key);
            if (wanted != null) {
                check(key, member.getKeyNode(), member.getValueNode(), resolve(wanted), fault);
            } else if (shape.closed()) {
                unknown.add(key);
                fault.accept(
                        member.getKeyNode(),
                        unknown(name, key, shape)
                                + Nearest.hint(key, shape.members().keySet()));
            }
        }
        if (shape.single() && met.size() > 1 && shape.members().keySet().containsAll(met)) {
            fault.accept(
                    map.getValue().get(1).getKeyNode(),
                    "%s and %s are one %s here; each begins with a \"-\" of its own"
                            .formatted(met.toArray()[0], met.toArray()[1], isStep(shape) ? "step" : "entry"));
        }
        for (String missing : new TreeSet<>(shape.required())) {
            // Mistyped is not missing as well.
            if (!met.contains(missing) && unknown.stream().noneMatch(key -> Nearest.distance(key, missing) <= 2)) {
                fault.accept(at, "%s needs %s".formatted(name, missing));
            }
        }
        for (Set<String> group : shape.exclusive()) {
            List<NodeTuple> chosen = map.getValue().stream()
                    .filter(member -> group.contains(YamlText.text(member.getKeyNode())))
                    .toList();
            if (chosen.size() > 1) {
                fault.accept(
                        chosen.get(1).getKeyNode(),
                        chosen.stream()
                                .map(member -> YamlText.text(member.getKeyNode()))
                                .collect(Collectors.joining(" and ", "", ": " + name + " has one of them only")));
            }
        }
    }

    private static String unknown(String name, String key, Shape shape) {
        if (isStep(shape)) {
            return "there is no step " + key;
        }
        return name.equals("entry") ? "a file of routes has no " + key : name + " has no " + key;
    }

    private static boolean isStep(Shape shape) {
        return shape.name().equals(shortName(STEP));
    }

    private Shape resolve(Reference reference) {
        Shape inline = reference.inline();
        if (inline != null) {
            return inline;
        }
        Shape shape = definitions.get(String.valueOf(reference.name()));
        if (shape == null) {
            throw new IllegalStateException("Camel's schema has no " + reference.name());
        }
        return shape;
    }

    // Reading the document.

    private static CamelSchema load() {
        try (InputStream in = CamelSchema.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path");
            }
            return new CamelSchema(new ObjectMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Reference reference(JsonNode all, String name, JsonNode node) {
        return node.has("$ref") ? new Reference(targetName(node), null) : new Reference(null, shape(all, name, node));
    }

    private static JsonNode target(JsonNode all, JsonNode reference) {
        return all.path(targetName(reference));
    }

    private static String targetName(JsonNode reference) {
        return reference.path("$ref").asText().replace(REFERENCE, "").intern();
    }

    private static Shape shape(JsonNode all, String name, JsonNode node) {
        Draft draft = new Draft(all);
        draft.add(node);
        return draft.shape(name);
    }

    private static String shortName(String definition) {
        return definition.substring(definition.lastIndexOf('.') + 1);
    }

    /** A shape that is put together of what stands beside and in the alternatives of a node of the document. */
    private static final class Draft {

        private final JsonNode all;
        private @Nullable Scalar scalar;
        private @Nullable Reference items;
        private boolean map;
        private boolean closed;
        private boolean single;
        private final Map<String, Reference> members = new LinkedHashMap<>();
        private final Set<String> required = new HashSet<>();
        private final List<Set<String>> exclusive = new ArrayList<>();

        Draft(JsonNode all) {
            this.all = all;
        }

        void add(JsonNode node) {
            if (node.has("$ref")) { // What stands beside a reference does not count.
                add(target(all, node));
                return;
            }
            switch (node.path("type").asText("")) {
                case "object" -> map = true;
                case "array" -> items = reference(all, "", node.path("items"));
                case "" -> {}
                default -> scalar = new Scalar(node.path("type").asText(), choices(node));
            }
            closed |= items == null && !node.path("additionalProperties").asBoolean(true);
            single |= node.path("maxProperties").asInt() == 1;
            addMembers(node);
            node.path("required")
                    .forEach(missing -> required.add(missing.asText().intern()));
            node.path("oneOf").forEach(this::add);
            node.path("anyOf").forEach(group -> {
                Set<String> names = new LinkedHashSet<>();
                addGroup(group, names);
                exclusive.add(names);
            });
        }

        private void addMembers(JsonNode node) {
            node.path("properties").fields().forEachRemaining(member -> {
                map = true;
                // An empty one stands for what an alternative says more about.
                if (!member.getValue().isEmpty() || !members.containsKey(member.getKey())) {
                    members.put(member.getKey().intern(), reference(all, member.getKey(), member.getValue()));
                }
            });
        }

        /** Alternatives of one member each, all the languages of an expression, or none of them. */
        private void addGroup(JsonNode group, Set<String> names) {
            group.path("oneOf").forEach(alternative -> {
                if (alternative.has("$ref")) {
                    target(all, alternative).path("anyOf").forEach(inner -> addGroup(inner, names));
                } else {
                    alternative.path("properties").fieldNames().forEachRemaining(name -> names.add(name.intern()));
                    addMembers(alternative);
                }
            });
        }

        private static Set<String> choices(JsonNode node) {
            Set<String> choices = new LinkedHashSet<>();
            node.path("enum").forEach(choice -> choices.add(choice.asText()));
            return choices;
        }

        Shape shape(String name) {
            return new Shape(
                    name, scalar, items, map, Map.copyOf(members), closed, Set.copyOf(required), exclusive, single);
        }
    }
}
