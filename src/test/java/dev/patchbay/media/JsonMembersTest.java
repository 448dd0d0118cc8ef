package dev.patchbay.media;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonMembersTest {

    private static final String MEDIA = """
            {"event":"media","sequenceNumber":"4","media":{"track":"inbound","chunk":"2","timestamp":"5","payload":\
            "no+JhoaJjpz/"} , "extra" : [1, {"a": "}"}, "]\\"", true], "streamSid":"MZ1", "n":-12.5e3, "nothing":null }""";

    private final JsonMembers members = new JsonMembers();

    @Test
    void findsEveryMemberWhateverItsPlace() {
        assertThat(walk(MEDIA))
                .containsExactly(
                        Map.entry("event", "media"),
                        Map.entry("sequenceNumber", "4"),
                        Map.entry(
                                "media",
                                "{\"track\":\"inbound\",\"chunk\":\"2\",\"timestamp\":\"5\",\"payload\":\"no+JhoaJjpz/\"}"),
                        Map.entry("extra", "[1, {\"a\": \"}\"}, \"]\\\"\", true]"),
                        Map.entry("streamSid", "MZ1"),
                        Map.entry("n", "-12.5e3"),
                        Map.entry("nothing", "null"));
        assertThat(members.isBroken()).isFalse();
    }

    @Test
    void walksAnObjectInsideAnother() {
        byte[] json = utf8(MEDIA);
        members.over(json, 0, json.length);
        while (members.next() && !members.is(utf8("media"))) {
            // On to the member that is wanted.
        }
        assertThat(walk(json, members.from(), members.to()))
                .containsEntry("payload", "no+JhoaJjpz/")
                .containsEntry("timestamp", "5")
                .hasSize(4);
    }

    @Test
    void looksOnlyBetweenItsBounds() {
        byte[] json = utf8("}{\"a\":\"1\"},\"b\":\"2\"}");
        assertThat(walk(json, 1, 10)).containsExactly(Map.entry("a", "1"));
        assertThat(members.isBroken()).isFalse();
    }

    @Test
    void comparesWholeNamesAndValues() {
        byte[] json = utf8("{\"event\":\"media\"}");
        members.over(json, 0, json.length).next();
        assertThat(members.is(utf8("event"))).isTrue();
        assertThat(members.is(utf8("even"))).isFalse();
        assertThat(members.is(utf8("events"))).isFalse();
        assertThat(members.valueIs(utf8("media"))).isTrue();
        assertThat(members.valueIs(utf8("medi"))).isFalse();
        assertThat(members.valueIs(utf8("mediax"))).isFalse();
    }

    @Test
    void escapesStayAndDoNotEndAString() {
        assertThat(walk("{\"a\\\"b\":\"c\\\\\",\"d\":\"\\\\\\\"e\\u0041\"}"))
                .containsExactly(Map.entry("a\\\"b", "c\\\\"), Map.entry("d", "\\\\\\\"e\\u0041"));
    }

    @Test
    void tellsPlainTextsFromEscapedOnesAndFromOtherValues() {
        byte[] json = utf8("{\"a\":\"x\",\"b\":\"x\\/y\",\"\\u0063\":\"x\",\"d\":x,\"e\":[\"x\"]}");
        members.over(json, 0, json.length);
        for (boolean plain : new boolean[] {true, false, true, false, false}) {
            assertThat(members.next()).isTrue();
            assertThat(members.isPlainText()).isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "7,7",
        "-7,-7",
        "\"5\",5",
        "\"-5\",-5",
        "123456789012345678,123456789012345678",
        "1234567890123456789,-1",
        "1.5,-1",
        "1e3,-1",
        "-,-1",
        "\"\",-1",
        "null,-1",
        "\"x\",-1",
        "[1],-1"
    })
    void readsWholeNumbersWithAndWithoutQuotes(String value, long number) {
        byte[] json = utf8("{\"n\":" + value + "}");
        assertThat(members.over(json, 0, json.length).next()).isTrue();
        assertThat(members.number()).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"a\"",
                "{",
                "{\"",
                "{\"a",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":}",
                "{\"a\":\"b",
                "{\"a\":\"b\\",
                "{\"a\":[1,{}",
                "{\"a\":[\"]",
                "{a:1}",
                "{\"a\" 1}",
                "{:1}"
            })
    void saysWhenItCannotGoOn(String text) {
        walk(text);
        assertThat(members.isBroken()).isTrue();
        assertThat(members.next()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", " { } ", "\t\r\n{\n}"})
    void anEmptyObjectIsNotBroken(String text) {
        assertThat(walk(text)).isEmpty();
        assertThat(members.isBroken()).isFalse();
    }

    @Test
    void aMessageCutOffAnywhereIsBrokenAndNeverThrows() {
        byte[] json = utf8(MEDIA);
        for (int to = 0; to < json.length; to++) {
            byte[] cut = Arrays.copyOf(json, to);
            walk(cut, 0, to);
            assertThat(members.isBroken()).as("cut at %d", to).isTrue();
        }
    }

    @Test
    void junkNeverThrows() {
        Random random = new Random(11);
        byte[] alphabet = utf8("{}[]\",:\\ -0a\u00e9");
        for (int i = 0; i < 100_000; i++) {
            byte[] junk = new byte[random.nextInt(24)];
            for (int j = 0; j < junk.length; j++) {
                junk[j] = alphabet[random.nextInt(alphabet.length)];
            }
            if (junk.length > 0) {
                junk[0] = '{';
            }
            assertThatCode(() -> {
                        members.over(junk, 0, junk.length);
                        for (int steps = 0; members.next(); steps++) {
                            members.number();
                            assertThat(members.from()).isBetween(0, members.to());
                            assertThat(members.to()).isLessThanOrEqualTo(junk.length);
                            assertThat(steps).as("always gets on").isLessThan(junk.length);
                        }
                    })
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void agreesWithJacksonOnAnyObject() throws IOException {
        ObjectMapper jackson = new ObjectMapper();
        Random random = new Random(5);
        for (int i = 0; i < 3_000; i++) {
            ObjectNode object = object(random, 3);
            String text = random.nextBoolean() ? object.toString() : object.toPrettyString();
            Map<String, JsonNode> found = new LinkedHashMap<>();
            byte[] bytes = utf8(text);
            members.over(bytes, 0, bytes.length);
            while (members.next()) {
                boolean quoted = bytes[members.from() - 1] == '"';
                String raw = new String(bytes, members.from(), members.to() - members.from(), UTF_8);
                String name = name(object, found.size());
                String written = jackson.writeValueAsString(name);
                assertThat(members.is(utf8(written.substring(1, written.length() - 1))))
                        .as("%s is called %s", raw, written)
                        .isTrue();
                found.put(name, jackson.readTree(quoted ? '"' + raw + '"' : raw));
            }
            assertThat(members.isBroken()).as(text).isFalse();
            assertThat(found).as(text).isEqualTo(properties(object));
        }
    }

    private Map<String, String> walk(String text) {
        byte[] json = utf8(text);
        return walk(json, 0, json.length);
    }

    private Map<String, String> walk(byte[] json, int from, int to) {
        Map<String, String> found = new LinkedHashMap<>();
        members.over(json, from, to);
        while (members.next()) {
            String value = new String(json, members.from(), members.to() - members.from(), UTF_8);
            String key = nameAt(json);
            found.put(key, value);
        }
        return found;
    }

    /** The name is known to {@link JsonMembers#is} only: it is looked for among the strings before the value. */
    private String nameAt(byte[] json) {
        for (int from = 0; from < members.from(); from++) {
            for (int to = from; json[from] == '"' && to < members.from(); to++) {
                byte[] name = Arrays.copyOfRange(json, from + 1, Math.max(from + 1, to));
                if (json[to] == '"' && to > from && json[to - 1] != '\\' && members.is(name)) {
                    return new String(name, UTF_8);
                }
            }
        }
        throw new AssertionError("A member without a name");
    }

    private static String name(ObjectNode object, int index) {
        return properties(object).keySet().stream().skip(index).findFirst().orElseThrow();
    }

    private static Map<String, JsonNode> properties(ObjectNode object) {
        Map<String, JsonNode> properties = new LinkedHashMap<>();
        object.properties().forEach(entry -> properties.put(entry.getKey(), entry.getValue()));
        return properties;
    }

    private static ObjectNode object(Random random, int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (int i = random.nextInt(6); i > 0; i--) {
            object.set(text(random), value(random, depth));
        }
        return object;
    }

    private static JsonNode value(Random random, int depth) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> nodes.textNode(text(random));
            case 1 -> nodes.numberNode(random.nextInt());
            case 2 -> nodes.numberNode(random.nextInt(1_000) / 8.0);
            case 3 -> nodes.booleanNode(random.nextBoolean());
            case 4 -> nodes.nullNode();
            case 5 -> object(random, depth - 1);
            default -> {
                ArrayNode array = nodes.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(value(random, depth - 1));
                }
                yield array;
            }
        };
    }

    private static String text(Random random) {
        String alphabet = "ab{}[]\",:\\/ \n\u00e9\u20ac\t";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
