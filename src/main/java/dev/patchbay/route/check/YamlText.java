package dev.patchbay.route.check;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.reader.StreamReader;

/** A YAML file as its nodes, each of which knows where it stands. */
final class YamlText {

    private static final int EXCERPT = 160;

    private final String path;
    private final List<String> lines;
    private final @Nullable Node root;
    private final @Nullable RouteFinding fault;

    private YamlText(String path, List<String> lines, @Nullable Node root, @Nullable RouteFinding fault) {
        this.path = path;
        this.lines = lines;
        this.root = root;
        this.fault = fault;
    }

    static YamlText parse(String path, String text) {
        List<String> lines = text.lines().toList();
        YamlText bare = new YamlText(path, lines, null, null);
        try {
            List<Node> documents = new ArrayList<>();
            new Yaml(new LoaderOptions()).composeAll(new StringReader(text)).forEach(documents::add);
            if (documents.size() > 1) {
                return new YamlText(
                        path, lines, null, bare.finding(documents.get(1), "a second document (---) is not read"));
            }
            Node root = documents.isEmpty() ? null : documents.get(0);
            Node alias = root == null ? null : aliased(root, Collections.newSetFromMap(new IdentityHashMap<>()));
            return alias == null
                    ? new YamlText(path, lines, root, null)
                    : new YamlText(
                            path,
                            lines,
                            null,
                            bare.finding(alias, "an alias (*name) may stand for a single value only"));
        } catch (MarkedYAMLException e) {
            return new YamlText(path, lines, null, bare.syntax(e));
        } catch (YAMLException e) { // A character that YAML does not allow.
            return new YamlText(path, lines, null, bare.unprintable(text, e));
        }
    }

    /** A text of another kind, for what is found in it. */
    static YamlText plain(String path, String text) {
        return new YamlText(path, text.lines().toList(), null, null);
    }

    String path() {
        return path;
    }

    /** The whole; null when there is nothing but comments, or no YAML. */
    @Nullable
    Node root() {
        return root;
    }

    /** Why this is no YAML. */
    Optional<RouteFinding> fault() {
        return Optional.ofNullable(fault);
    }

    RouteFinding finding(@Nullable Node at, String reason) {
        return at == null ? RouteFinding.of(path, reason) : finding(at, 0, reason);
    }

    /** @param offset characters behind the beginning of the value */
    RouteFinding finding(Node at, int offset, String reason) {
        Mark mark = at.getStartMark();
        boolean quoted = at instanceof ScalarNode scalar && !scalar.isPlain() && isOneLine(at);
        return finding(mark.getLine() + 1, mark.getColumn() + 1 + (offset > 0 && quoted ? 1 : 0) + offset, reason);
    }

    RouteFinding finding(int line, int column, String reason) {
        return new RouteFinding(path, line, column, reason, excerpt(line, column));
    }

    static boolean isOneLine(Node node) {
        return node.getStartMark().getLine() == node.getEndMark().getLine();
    }

    /** A list or map that is in the tree twice, perhaps in itself: who walks the tree would not come to an end. */
    private static @Nullable Node aliased(Node node, Set<Node> met) {
        if (node instanceof ScalarNode) {
            return null;
        }
        if (!met.add(node)) {
            return node;
        }
        return children(node).stream()
                .map(child -> aliased(child, met))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private RouteFinding syntax(MarkedYAMLException e) {
        String problem = e.getProblem() == null ? "is no YAML" : e.getProblem();
        // What does not end is seen at the end of the file, and begins where the mistake is.
        boolean endless = problem.contains("unexpected end of stream") && e.getContextMark() != null;
        Mark mark = endless || e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
        String context = e.getContext() == null ? "" : " " + e.getContext();
        String reason = "YAML: " + problem.strip() + context;
        return mark == null
                ? RouteFinding.of(path, reason)
                : finding(Math.min(mark.getLine() + 1, Math.max(1, lines.size())), mark.getColumn() + 1, reason);
    }

    private RouteFinding unprintable(String text, YAMLException e) {
        int at = 0;
        while (at < text.length() && isPrintable(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        if (at == text.length()) {
            return RouteFinding.of(
                    path,
                    "YAML: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
        String before = text.substring(0, at);
        int line = (int) before.chars().filter(character -> character == '\n').count() + 1;
        return finding(
                line,
                at - (before.lastIndexOf('\n') + 1) + 1,
                "YAML: the character U+%04X may not be in a text".formatted(text.codePointAt(at)));
    }

    private static boolean isPrintable(int character) {
        return StreamReader.isPrintable(character);
    }

    /** The line and a caret below the column; nothing for a line that is not there. */
    private String excerpt(int line, int column) {
        if (line < 1 || line > lines.size()) {
            return "";
        }
        String text = lines.get(line - 1).replace('\t', ' ').replaceAll("\\p{Cntrl}", "?");
        int from = column > EXCERPT ? column - EXCERPT / 2 : 0;
        String shown = text.length() <= from ? "" : text.substring(from, Math.min(text.length(), from + EXCERPT));
        return shown.stripTrailing() + "\n" + " ".repeat(Math.max(0, column - 1 - from)) + "^";
    }

    // What a node has.

    static List<NodeTuple> members(@Nullable Node node) {
        return node instanceof MappingNode map ? map.getValue() : List.of();
    }

    static List<Node> items(@Nullable Node node) {
        return node instanceof SequenceNode list ? list.getValue() : List.of();
    }

    /** The member of a map; null when there is none. */
    static @Nullable Node member(@Nullable Node node, String name) {
        return members(node).stream()
                .filter(member -> text(member.getKeyNode()).equals(name))
                .map(NodeTuple::getValueNode)
                .findFirst()
                .orElse(null);
    }

    /** The key of a map's member, which is where a person would look; null when there is none. */
    static @Nullable Node key(@Nullable Node node, String name) {
        return members(node).stream()
                .map(NodeTuple::getKeyNode)
                .filter(key -> text(key).equals(name))
                .findFirst()
                .orElse(null);
    }

    /** The text of a scalar; empty for what is none. */
    static String text(@Nullable Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    /** Every scalar below a node, keys included, in the order of the file. */
    static Stream<ScalarNode> scalars(@Nullable Node node) {
        return node instanceof ScalarNode scalar
                ? Stream.of(scalar)
                : Stream.concat(
                        members(node).stream()
                                .flatMap(member ->
                                        Stream.concat(scalars(member.getKeyNode()), scalars(member.getValueNode()))),
                        items(node).stream().flatMap(YamlText::scalars));
    }

    static Collection<Node> children(@Nullable Node node) {
        return node instanceof SequenceNode
                ? items(node)
                : members(node).stream().map(NodeTuple::getValueNode).toList();
    }
}
