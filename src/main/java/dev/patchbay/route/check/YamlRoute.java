package dev.patchbay.route.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A route as its YAML file has it, read without Camel, so that the rules see what people write. */
public final class YamlRoute {

    /** Steps that send the message to an endpoint that stands beside them. */
    private static final Set<String> OUTWARD = Set.of("to", "toD", "wireTap", "poll");

    /** Steps that find out by an expression where they send the message. */
    private static final Set<String> BY_EXPRESSION =
            Set.of("enrich", "pollEnrich", "recipientList", "routingSlip", "dynamicRouter");

    private static final String ALL_METHODS = "GET,POST,PUT,DELETE,PATCH,HEAD,OPTIONS,TRACE,CONNECT";

    private static final Pattern DIRECT = Pattern.compile("direct:(?://)?([^,?\\s'\"]+)");

    private final YamlText file;
    private final Node definition;

    private YamlRoute(YamlText file, Node definition) {
        this.file = file;
        this.definition = definition;
    }

    /**
     * A step that sends the message on; without an id or a URI they are empty.
     *
     * @param step {@code to}, {@code toD}, {@code wireTap} ...
     * @param uri with the parameters that name the target in it: {@code direct:agent-select}
     * @param at where the target stands
     * @param stepAt where the step stands
     */
    public record Sending(String step, String id, String uri, Node at, Node stepAt) {

        public boolean isDirect() {
            return uri.startsWith("direct:");
        }

        /** The name behind {@code direct:}. */
        public String name() {
            Matcher name = DIRECT.matcher(uri);
            return name.find() ? name.group(1) : "";
        }

        /** Whether its target is found out when a message comes. */
        public boolean isComputed() {
            return uri.contains("${");
        }
    }

    /** Every route of the files that can be read, in the order of the files. */
    public static List<YamlRoute> all(RouteSources sources) {
        return sources.routeFiles().stream()
                .sorted()
                .flatMap(path -> of(YamlText.parse(path, sources.text(path))).stream())
                .toList();
    }

    /** The routes of a file; one, if it keeps the rules. */
    static List<YamlRoute> of(YamlText file) {
        return entries(file).stream()
                .map(entry -> YamlText.member(entry, "route"))
                .filter(MappingNode.class::isInstance)
                .map(route -> new YamlRoute(file, Objects.requireNonNull(route)))
                .toList();
    }

    /** What stands in a file: {@code route}s, {@code routeConfiguration}s. */
    static List<Node> entries(YamlText file) {
        return YamlText.items(file.root());
    }

    YamlText file() {
        return file;
    }

    Node definition() {
        return definition;
    }

    public String path() {
        return file.path();
    }

    /** Where a member of the route stands; the route itself when it has none of this name. */
    Node place(String name) {
        return Objects.requireNonNullElse(YamlText.member(definition, name), definition);
    }

    public boolean has(String name) {
        return YamlText.member(definition, name) != null;
    }

    /** A value that is missing is empty. */
    public String value(String name) {
        return YamlText.text(YamlText.member(definition, name));
    }

    public String id() {
        return value("id");
    }

    /** Where the route begins: {@code direct:agent-select}, {@code platform-http}. */
    public String uri() {
        return uri(from());
    }

    /** Where the route says where it begins. */
    Node uriPlace() {
        Node uri = YamlText.member(from(), "uri");
        return uri == null ? place("from") : uri;
    }

    /** The parameters of the endpoint that the route begins at, also those in its URI. */
    public Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        String uri = YamlText.text(YamlText.member(from(), "uri"));
        if (uri.startsWith("platform-http:")) {
            String path = uri.substring("platform-http:".length()).replaceFirst("\\?.*", "");
            parameters.put("path", path.startsWith("//") ? path.substring(1) : path);
        }
        if (uri.contains("?")) {
            for (String parameter : uri.substring(uri.indexOf('?') + 1).split("&")) {
                String[] parts = parameter.split("=", 2);
                parameters.put(parts[0], parts[parts.length - 1]);
            }
        }
        YamlText.members(YamlText.member(from(), "parameters"))
                .forEach(member ->
                        parameters.put(YamlText.text(member.getKeyNode()), YamlText.text(member.getValueNode())));
        return parameters;
    }

    /** Where a parameter of {@link #parameters()} stands. */
    Node parameterPlace(String name) {
        Node parameter = YamlText.member(YamlText.member(from(), "parameters"), name);
        return parameter == null ? uriPlace() : parameter;
    }

    /** Whether requests from outside come in here. */
    public boolean isEntry() {
        return uri().startsWith("platform-http");
    }

    /** The methods of an entry, in order: {@code GET}; every one when it does not say. */
    public Set<String> methods() {
        String restricted = parameters().getOrDefault("httpMethodRestrict", "");
        Set<String> methods = new TreeSet<>();
        for (String method : (restricted.isBlank() ? ALL_METHODS : restricted).split(",")) {
            methods.add(method.strip().toUpperCase(Locale.ROOT));
        }
        return methods;
    }

    /** Below the routes folder: {@code operation}, {@code provider/echo}. */
    public String folder() {
        return RouteSources.folder(path());
    }

    /** The provider in whose folder the file is; empty elsewhere. */
    public String provider() {
        return folder().startsWith("provider/") ? folder().substring("provider/".length()) : "";
    }

    /** The recipe in whose folder the file is; empty elsewhere. */
    public String recipe() {
        return folder().startsWith("recipe/") ? folder().substring("recipe/".length()) : "";
    }

    /** Every step that sends the message on, in order, however deep. */
    public List<Sending> sendings() {
        return sendings(definition);
    }

    /** Names of the beans that are called, in {@code bean}, {@code method} and {@code process} steps. */
    public Set<String> beans() {
        Set<String> found = new TreeSet<>();
        collectBeans(from(), found);
        return found;
    }

    private static void collectBeans(@Nullable Node node, Set<String> found) {
        for (NodeTuple member : YamlText.members(node)) {
            if (YamlText.text(member.getKeyNode()).equals("ref") && member.getValueNode() instanceof ScalarNode bean) {
                found.add(bean.getValue());
            }
        }
        YamlText.children(node).forEach(child -> collectBeans(child, found));
    }

    /** Every step below a node that sends the message on. */
    static List<Sending> sendings(@Nullable Node below) {
        List<Sending> found = new ArrayList<>();
        collect(below, found);
        return found;
    }

    /** The {@code direct:} names in the expressions of steps that find out where they send the message. */
    static List<Sending> computedSendings(@Nullable Node below) {
        List<Sending> found = new ArrayList<>();
        collectComputed(below, found);
        return found;
    }

    @Override
    public String toString() {
        return path();
    }

    private @Nullable Node from() {
        return YamlText.member(definition, "from");
    }

    private static void collect(@Nullable Node node, List<Sending> found) {
        if (node instanceof SequenceNode list) {
            list.getValue().forEach(item -> collect(item, found));
        }
        for (NodeTuple member : YamlText.members(node)) {
            String name = YamlText.text(member.getKeyNode());
            if (OUTWARD.contains(name)) {
                found.add(sending(name, member));
            } else {
                collect(member.getValueNode(), found);
            }
        }
    }

    private static void collectComputed(@Nullable Node node, List<Sending> found) {
        YamlText.items(node).forEach(item -> collectComputed(item, found));
        for (NodeTuple member : YamlText.members(node)) {
            String name = YamlText.text(member.getKeyNode());
            if (BY_EXPRESSION.contains(name)) {
                String id = YamlText.text(YamlText.member(member.getValueNode(), "id"));
                YamlText.scalars(member.getValueNode()).forEach(scalar -> DIRECT.matcher(scalar.getValue())
                        .results()
                        .forEach(target ->
                                found.add(new Sending(name, id, target.group(), scalar, member.getKeyNode()))));
            }
            collectComputed(member.getValueNode(), found);
        }
    }

    private static Sending sending(String step, NodeTuple member) {
        Node value = member.getValueNode();
        if (value instanceof ScalarNode) {
            return new Sending(step, "", uri(value), value, member.getKeyNode());
        }
        Node uri = YamlText.member(value, "uri");
        return new Sending(
                step,
                YamlText.text(YamlText.member(value, "id")),
                uri(value),
                uri == null ? member.getKeyNode() : uri,
                member.getKeyNode());
    }

    /** A URI whose name stands among the parameters, as Kaoto writes it, is put together. */
    private static String uri(@Nullable Node endpoint) {
        if (endpoint instanceof ScalarNode) {
            return YamlText.text(endpoint);
        }
        String uri = YamlText.text(YamlText.member(endpoint, "uri"));
        String name = YamlText.text(YamlText.member(YamlText.member(endpoint, "parameters"), "name"));
        return uri.matches("direct:?") && !name.isEmpty() ? "direct:" + name : uri;
    }
}
