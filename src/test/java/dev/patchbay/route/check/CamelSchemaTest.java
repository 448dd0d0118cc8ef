package dev.patchbay.route.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** Our reading of Camel's schema is that of a validator that knows nothing of Camel. */
class CamelSchemaTest {

    @Test
    void theSchemaHasNoKeywordThatWeDoNotRead() throws IOException {
        Set<String> keywords = new TreeSet<>();
        collect(document(), false, keywords);

        assertThat(keywords)
                .as("because a keyword that is not read is a rule that is not checked")
                .containsExactlyInAnyOrder(
                        "$ref",
                        "$schema",
                        "additionalProperties",
                        "anyOf",
                        "default",
                        "definitions",
                        "deprecated",
                        "description",
                        "enum",
                        "format",
                        "items",
                        "maxProperties",
                        "not",
                        "oneOf",
                        "properties",
                        "required",
                        "title",
                        "type");
    }

    @Test
    void itSaysOfEveryRouteAndEveryBrokenOneWhatAValidatorSays() throws IOException {
        Validator validator = Validator.create(
                JsonSchema.of(new JsonObject(document().toString())),
                new JsonSchemaOptions()
                        .setBaseUri("https://camel.test")
                        .setDraft(Draft.DRAFT4)
                        .setOutputFormat(OutputFormat.Flag));
        List<String> disagreements = new ArrayList<>();
        int valid = 0;
        int invalid = 0;
        for (Sample sample : samples()) {
            YamlText text = YamlText.parse("x", sample.yaml());
            List<String> ours = new ArrayList<>();
            CamelSchema.get()
                    .checkFile(java.util.Objects.requireNonNull(text.root()), (at, reason) -> ours.add(reason));
            Object value = Json.decodeValue(Json.encode(loaded(sample.yaml())));
            boolean theirs = validator.validate(value).getValid();
            if (theirs != ours.isEmpty()) {
                disagreements.add(
                        sample.name() + ": " + (theirs ? "valid, but " + ours : "not valid, and we say nothing"));
            }
            if (theirs) {
                valid++;
            } else {
                invalid++;
            }
        }

        assertThat(disagreements).isEmpty();
        assertThat(valid).isGreaterThan(100);
        assertThat(invalid).isGreaterThan(10);
    }

    /** A text may be written as a number: Camel takes it for one, and so do we. */
    private static Object loaded(String yaml) {
        LoaderOptions options = new LoaderOptions();
        DumperOptions unused = new DumperOptions();
        Resolver textsAndFlags = new Resolver() {
            @Override
            protected void addImplicitResolvers() {
                addImplicitResolver(Tag.BOOL, BOOL, "tTfF");
                addImplicitResolver(Tag.NULL, EMPTY, null);
            }
        };
        return new Yaml(new SafeConstructor(options), new Representer(unused), unused, options, textsAndFlags)
                .load(yaml.replace("stopOnException: \"true\"", "stopOnException: true")); // Camel takes both
    }

    private record Sample(String name, String yaml) {}

    /** The project's routes, and those of the corpus that are YAML. */
    private static List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        RouteSources routes = new RouteFolder(Path.of("routes"), true).read();
        routes.routeFiles().forEach(path -> samples.add(new Sample(path, routes.text(path))));
        for (String kind : new String[] {"broken", "good"}) {
            RouteEdit.all(kind).forEach(edit -> edit.changes().stream()
                    .filter(change -> String.valueOf(change.get("file")).endsWith(".camel.yaml"))
                    .forEach(change -> {
                        String yaml = change.containsKey("content")
                                ? String.valueOf(change.get("content"))
                                : change.containsKey("replace") && !change.containsKey("hex")
                                        ? routes.text(String.valueOf(change.get("file")))
                                                .replace(
                                                        String.valueOf(change.get("replace")),
                                                        String.valueOf(change.get("by")))
                                        : "";
                        YamlText text = YamlText.parse("x", yaml);
                        if (text.fault().isEmpty() && text.root() != null && isComparable(edit.name())) {
                            samples.add(new Sample(edit.name(), yaml));
                        }
                    }));
        }
        return samples;
    }

    /** JSON knows no member that is there twice. */
    private static boolean isComparable(String edit) {
        return !edit.equals("duplicate-key");
    }

    private static void collect(JsonNode node, boolean names, Set<String> keywords) {
        if (node.isObject()) {
            node.fields().forEachRemaining(member -> {
                if (!names) {
                    keywords.add(member.getKey());
                }
                boolean inside = !names
                        && (member.getKey().equals("properties")
                                || member.getKey().equals("definitions"));
                if (!member.getKey().equals("default") || names) {
                    collect(member.getValue(), inside, keywords);
                }
            });
        }
        node.elements().forEachRemaining(element -> {
            if (node.isArray()) {
                collect(element, false, keywords);
            }
        });
    }

    private static JsonNode document() throws IOException {
        try (InputStream in = CamelSchemaTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            return new ObjectMapper().readTree(in);
        }
    }
}
