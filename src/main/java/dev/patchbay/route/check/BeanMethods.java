package dev.patchbay.route.check;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;

/**
 * Whether the beans of {@code method:} and {@code bean:} steps have the methods that are called, with so many parameters:
 * Camel looks when the first message comes.
 */
final class BeanMethods {

    private static final Set<String> CALLS = Set.of("method", "bean");

    private BeanMethods() {}

    static void check(YamlText file, RouteBeans beans, Consumer<RouteFinding> findings) {
        walk(file, file.root(), beans, findings);
    }

    private static void walk(YamlText file, @Nullable Node node, RouteBeans beans, Consumer<RouteFinding> findings) {
        for (NodeTuple member : YamlText.members(node)) {
            if (CALLS.contains(YamlText.text(member.getKeyNode()))) {
                call(file, member.getValueNode(), beans, findings);
            }
        }
        YamlText.children(node).forEach(child -> walk(file, child, beans, findings));
    }

    private static void call(YamlText file, Node call, RouteBeans beans, Consumer<RouteFinding> findings) {
        Node at = YamlText.member(call, "method");
        String ref = YamlText.text(YamlText.member(call, "ref"));
        String written = YamlText.text(at).strip();
        Object bean =
                ref.isEmpty() || ref.contains("{{") ? null : beans.repository().lookupByName(ref);
        if (at == null || bean == null || written.isEmpty() || written.contains("{{")) {
            return;
        }
        String name = written.replaceFirst("(?s)\\(.*", "").strip();
        List<Method> named = Stream.of(bean.getClass().getMethods())
                .filter(method -> method.getName().equals(name) && method.getDeclaringClass() != Object.class)
                .toList();
        if (named.isEmpty()) {
            Set<String> all = Stream.of(bean.getClass().getMethods())
                    .filter(method -> method.getDeclaringClass() != Object.class)
                    .map(Method::getName)
                    .collect(Collectors.toCollection(TreeSet::new));
            findings.accept(file.finding(at, "%s has no method %s%s".formatted(ref, name, Nearest.hint(name, all))));
        } else if (written.endsWith(")") && named.stream().noneMatch(Method::isVarArgs)) {
            int given = parameters(written.substring(name.length() + 1, written.length() - 1));
            Set<Integer> possible =
                    named.stream().map(Method::getParameterCount).collect(Collectors.toCollection(TreeSet::new));
            if (!possible.contains(given)) {
                String counts = possible.stream().map(String::valueOf).collect(Collectors.joining(" or "));
                findings.accept(
                        file.finding(at, "%s of %s takes %s parameters, not %d".formatted(name, ref, counts, given)));
            }
        }
    }

    /** How many there are: commas in quotes, parentheses and braces separate nothing. */
    static int parameters(String list) {
        if (list.isBlank()) {
            return 0;
        }
        int count = 1;
        int depth = 0;
        char quote = 0;
        for (char character : list.toCharArray()) {
            if (quote != 0) {
                quote = character == quote ? 0 : quote;
            } else if (character == '\'' || character == '"') {
                quote = character;
            } else if ("({[".indexOf(character) >= 0) {
                depth++;
            } else if (")}]".indexOf(character) >= 0) {
                depth--;
            } else if (character == ',' && depth == 0) {
                count++;
            }
        }
        return count;
    }
}
