package dev.patchbay.http.openapi;

import java.io.StringReader;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Where in a YAML text something is that its JSON has at a pointer. */
final class YamlLines {

    private YamlLines() {}

    /** The line, counted from 1, of what the pointer leads to, or of the last thing on the way that is there. */
    static int line(String yaml, String pointer) {
        Node at = new Yaml().compose(new StringReader(yaml));
        int line = 1;
        for (String segment : Pointers.segments(pointer)) {
            Step step = step(at, Pointers.unescaped(segment));
            if (step == null) {
                return line;
            }
            line = step.begin().getStartMark().getLine() + 1;
            at = step.next();
        }
        return line;
    }

    /**
     * @param begin where it begins for a reader: a member at its name
     * @param next what it is
     */
    private record Step(Node begin, Node next) {}

    private static @Nullable Step step(Node from, String name) {
        if (from instanceof MappingNode map) {
            for (NodeTuple member : map.getValue()) {
                if (member.getKeyNode() instanceof ScalarNode key
                        && key.getValue().equals(name)) {
                    return new Step(key, member.getValueNode());
                }
            }
        } else if (from instanceof SequenceNode list && name.matches("\\d{1,6}")) {
            int index = Integer.parseInt(name);
            if (index < list.getValue().size()) {
                Node item = list.getValue().get(index);
                return new Step(item, item);
            }
        }
        return null;
    }
}
