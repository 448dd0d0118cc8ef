package dev.patchbay.http.openapi;

import java.io.StringReader;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Where in a YAML text something is that its JSON has at a pointer. */
final class YamlLines {

    private YamlLines() {}

    /**
     * A place in a text.
     *
     * @param line counted from 1
     * @param column counted from 1
     */
    record Place(int line, int column) {}

    /** Where that is to which the pointer leads, or the last thing on the way that is there. */
    static Place place(String yaml, String pointer) {
        Node at = new Yaml().compose(new StringReader(yaml));
        Place place = new Place(1, 1);
        for (String segment : Pointers.segments(pointer)) {
            Step step = step(at, Pointers.unescaped(segment));
            if (step == null) {
                return place;
            }
            Mark begin = step.begin().getStartMark();
            place = new Place(begin.getLine() + 1, begin.getColumn() + 1);
            at = step.next();
        }
        return place;
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
