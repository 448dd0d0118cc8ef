package dev.patchbay.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.call.CallEvents;
import dev.patchbay.rules.YamlKamelet.Use;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** How the files in {@code routes/kamelet/} are written, and how routes use them. Rules hold for kamelets that come later too. */
class KameletConventionsTest {

    /** Of a Kamelet's {@code definition} and of a property in it, as Kubernetes' definition of the kind has them. */
    private static final Set<String> DEFINITION = Set.of(
            "title", "description", "type", "required", "properties", "example", "externalDocs", "id", "$schema");

    private static final Set<String> PROPERTY = Set.of(
            "title",
            "description",
            "type",
            "default",
            "example",
            "format",
            "enum",
            "minimum",
            "maximum",
            "minLength",
            "maxLength",
            "pattern",
            "nullable",
            "deprecated",
            "x-descriptors");

    private static final Set<String> TYPES = Set.of("string", "integer", "number", "boolean");

    /** Camel takes these for options of {@code kamelet:} itself, and the template would not see them. */
    private static final Set<String> CAMELS_OWN = Set.of(
            "templateId",
            "routeId",
            "uuid",
            "location",
            "block",
            "timeout",
            "failIfNoConsumers",
            "noErrorHandler",
            "bridgeErrorHandler",
            "exceptionHandler",
            "exchangePattern",
            "lazyStartProducer",
            "parentRouteId",
            "parentProcessorId");

    private static final Pattern SECRET =
            Pattern.compile("(?i).*(token|secret|password|credentials?|apikey|privatekey)");
    private static final Pattern SECTION = Pattern.compile("(?ms)^### All kamelets\n\n(.*?)\n*(?:^##|\\z)");

    /** {@code | `call-said`, `call-transferred` | when | data |} */
    private static final Pattern EVENT_ROW =
            Pattern.compile("(?m)^(\\| `[a-z-]+`(?:, `[a-z-]+`)* \\|) [^|]+ \\| (?:`[^|]*)?\\|$");

    /** The type is the first text that is given. */
    private static final Pattern EVENT_TOLD = Pattern.compile(
            "(?:events(?:\\(\\))?\\.append|journal\\.event|[ ]event|[ ]note)\\([^\";]*?\"([a-z]+(?:-[a-z]+)*)\"");

    private static final List<YamlKamelet> KAMELETS = YamlKamelet.all();
    private static final Map<String, YamlKamelet> BY_NAME =
            KAMELETS.stream().collect(Collectors.toMap(YamlKamelet::name, Function.identity()));
    private static final List<YamlRoute> EXAMPLES =
            KAMELETS.stream().map(YamlKamelet::exampleRoute).toList();

    @Test
    void thereAreKamelets() {
        assertThat(BY_NAME.keySet())
                .as("otherwise every rule below holds")
                .contains(
                        "twilio-sms-send-action",
                        "twilio-call-place-action",
                        "twilio-voice-message-action",
                        "twilio-signature-action",
                        "elevenlabs-speech-action",
                        "retell-call-register-action",
                        "daily-room-action",
                        "patchbay-call-source",
                        "patchbay-media-tap-source",
                        "provider-request-action");
    }

    @TestFactory
    List<DynamicTest> everyKameletAndItsExampleIsReadByCamel() {
        return KAMELETS.stream()
                .map(kamelet -> DynamicTest.dynamicTest(kamelet.name(), () -> readByCamel(kamelet)))
                .toList();
    }

    /** Structure only: beans, endpoints and expressions are looked up when a route starts. */
    private static void readByCamel(YamlKamelet kamelet) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(ResourceHelper.resolveResource(
                            context, "file:" + kamelet.file().toAbsolutePath()));
            assertThat(context.getRouteTemplateDefinition(kamelet.name())).isNotNull();
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(ResourceHelper.fromString("example.camel.yaml", kamelet.example()));
            assertThat(context.getRouteDefinitions()).hasSize(1);
        }
    }

    @Test
    void aKameletIsOneAsKaotoAndKubernetesKnowIt() {
        assertThat(KAMELETS)
                .as("because Kaoto opens a file as a kamelet by these, and shows what it finds in them")
                .allSatisfy(kamelet -> {
                    assertThat(kamelet.document()).containsOnlyKeys("apiVersion", "kind", "metadata", "spec");
                    assertThat(kamelet.document())
                            .containsEntry("apiVersion", "camel.apache.org/v1")
                            .containsEntry("kind", "Kamelet");
                    assertThat(kamelet.annotations())
                            .containsKeys(
                                    "camel.apache.org/kamelet.support.level",
                                    "camel.apache.org/catalog.version",
                                    "camel.apache.org/provider",
                                    "camel.apache.org/kamelet.group",
                                    "camel.apache.org/kamelet.namespace");
                    assertThat(String.valueOf(kamelet.annotations().get("camel.apache.org/kamelet.icon")))
                            .startsWith("data:image/svg+xml;base64,");
                    assertThat(kamelet.spec().keySet()).isSubsetOf("definition", "dependencies", "types", "template");
                    assertThat(kamelet.definition().keySet()).isSubsetOf(DEFINITION);
                    assertThat(kamelet.definition()).containsEntry("type", "object");
                });
    }

    @Test
    void nameIsFileNameAndSaysWhatItIs() {
        assertThat(KAMELETS)
                .as("because Camel finds a kamelet by the name of its file, and people by what its name ends with")
                .allSatisfy(kamelet -> {
                    assertThat(kamelet.file()).hasFileName(kamelet.name() + YamlKamelet.SUFFIX);
                    assertThat(kamelet.name()).matches("[a-z0-9-]+");
                    assertThat(kamelet.type()).isIn("action", "source", "sink");
                    assertThat(kamelet.name()).endsWith("-" + kamelet.type());
                    assertThat(String.valueOf(kamelet.definition().get("title")).toLowerCase(Locale.ROOT))
                            .endsWith(" " + kamelet.type());
                    assertThat(kamelet.description()).hasSizeGreaterThan(50).endsWith(".");
                });
    }

    @Test
    void everyParameterIsDescribedAndTyped() {
        assertThat(KAMELETS)
                .as("because Kaoto shows a form of them, and a route that gives nothing must know what it gets")
                .allSatisfy(kamelet -> kamelet.parameters().forEach((name, parameter) -> {
                    assertThat(parameter.keySet()).as(name).isSubsetOf(PROPERTY);
                    assertThat(String.valueOf(parameter.get("title")))
                            .as(name)
                            .matches("[A-Z][A-Za-z]*( [A-Z][A-Za-z]*)*");
                    assertThat(String.valueOf(parameter.get("description")))
                            .as(name)
                            .hasSizeGreaterThan(10)
                            .endsWith(".");
                    assertThat(parameter.get("type")).as(name).isIn(TYPES);
                    assertThat(parameter.containsKey("default"))
                            .as("%s has a default, or is required", name)
                            .isNotEqualTo(kamelet.required().contains(name));
                    if (parameter.containsKey("default")) {
                        assertThat(isOf(parameter.get("type"), parameter.get("default")))
                                .as("%s: the default is of its type", name)
                                .isTrue();
                    }
                    if (parameter.get("enum") instanceof List<?> values) {
                        assertThat(values).as(name).anyMatch(value -> value.equals(parameter.get("default")));
                    }
                    assertThat(CAMELS_OWN).doesNotContain(name);
                }));
        assertThat(KAMELETS)
                .allSatisfy(kamelet -> assertThat(kamelet.parameters().keySet()).containsAll(kamelet.required()));
    }

    private static boolean isOf(Object type, Object value) {
        return switch (String.valueOf(type)) {
            case "integer" -> value instanceof Integer;
            case "boolean" -> value instanceof Boolean;
            default -> value instanceof String;
        };
    }

    @Test
    void everyParameterIsUsedAndEveryPlaceholderIsAParameter() {
        assertThat(KAMELETS)
                .as("because one that is not used does nothing, and one that is not declared fails when a route starts")
                .allSatisfy(kamelet -> assertThat(kamelet.placeholders())
                        .isEqualTo(new TreeSet<>(kamelet.parameters().keySet())));
    }

    @Test
    void secretsAreMarked() {
        assertThat(KAMELETS)
                .as("because Kaoto hides them, and nobody puts one into the description of a route by mistake")
                .allSatisfy(kamelet -> kamelet.parameters().forEach((name, parameter) -> {
                    boolean marked = "password".equals(parameter.get("format"));
                    assertThat(marked).as(name).isEqualTo(SECRET.matcher(name).matches());
                    if (marked) {
                        assertThat(String.valueOf(parameter.get("x-descriptors")))
                                .contains("urn:camel:group:credentials");
                        assertThat(String.valueOf(parameter.getOrDefault("default", "")))
                                .isEmpty();
                        assertThat(parameter).as("%s is in no example", name).doesNotContainKey("example");
                    }
                }));
        assertThat(EXAMPLES.stream().flatMap(example -> YamlKamelet.uses(example).stream()))
                .as("because an example is copied, and its secret would end up in a file")
                .allSatisfy(use -> use.parameters().forEach((name, value) -> {
                    if (SECRET.matcher(name).matches()) {
                        assertThat(String.valueOf(value)).matches("\\{\\{[A-Z_]+}}");
                    }
                }));
    }

    @Test
    void actionsAndSourcesBeginAndEndAsSuch() {
        assertThat(KAMELETS)
                .as("because Camel puts a kamelet into a route at kamelet:source and kamelet:sink")
                .allSatisfy(kamelet -> {
                    boolean begins = kamelet.endpoints().contains("kamelet:source");
                    boolean ends = kamelet.endpoints().contains("kamelet:sink");
                    assertThat(begins).isEqualTo(!kamelet.type().equals("source"));
                    assertThat(ends).isEqualTo(kamelet.type().equals("source"));
                });
    }

    @Test
    void variablesAreItsOwnOrDescribed() {
        assertThat(KAMELETS)
                .as("because a step must not change a variable of the route behind its back: its own begin with _")
                .allSatisfy(kamelet -> assertThat(kamelet.variables())
                        .allMatch(variable -> variable.startsWith("_")
                                || Pattern.compile("\\bvariables?\\b[^.:]*\\b" + variable + "\\b")
                                        .matcher(kamelet.description())
                                        .find()));
    }

    @Test
    void headersOfTheRouteStay() {
        assertThat(KAMELETS)
                .as("because the route behind the step still needs them")
                .allSatisfy(kamelet -> assertThat(kamelet.removedHeaders()).allMatch(pattern -> pattern.length() > 5));
    }

    @Test
    void dependenciesAreWhatTheTemplateUses() {
        assertThat(KAMELETS)
                .as("because whoever takes a kamelet elsewhere must know what it needs")
                .allSatisfy(kamelet -> {
                    Set<String> needed = new TreeSet<>(Set.of("camel:core", "camel:kamelet"));
                    if (kamelet.hasStep("bean") || kamelet.hasStep("method")) {
                        needed.add("camel:bean");
                    }
                    kamelet.endpoints().stream()
                            .map(endpoint -> endpoint.substring(0, endpoint.indexOf(':')))
                            .filter(scheme ->
                                    !Set.of("call-events", "media-tap").contains(scheme)) // ours
                            .forEach(scheme -> needed.add("camel:" + scheme));
                    assertThat(kamelet.spec().get("dependencies")).isEqualTo(List.copyOf(needed));
                });
    }

    @Test
    void everyDirectNameIsServed() {
        Set<String> ids = YamlRoute.all().stream().map(YamlRoute::id).collect(Collectors.toSet());
        assertThat(KAMELETS)
                .as(
                        "because Camel finds out when the first message comes; and what depends on no provider is always there")
                .allSatisfy(kamelet -> assertThat(kamelet.endpoints())
                        .filteredOn(endpoint -> endpoint.startsWith("direct:"))
                        .allSatisfy(endpoint -> {
                            assertThat(ids).contains(endpoint.substring("direct:".length()));
                            assertThat(YamlRoute.all())
                                    .filteredOn(route -> endpoint.equals("direct:" + route.id()))
                                    .allMatch(route -> route.provider().isEmpty());
                        }));
    }

    @Test
    void everyUseGivesWhatIsNeededAndNothingElse() {
        assertThat(uses())
                .as(
                        "because a route with a missing parameter does not start, and Camel alone passes an unknown one over")
                .isNotEmpty()
                .allSatisfy(use -> {
                    assertThat(use.kamelet()).as("parameters stand below it").doesNotContain("?");
                    YamlKamelet kamelet = BY_NAME.get(use.kamelet());
                    assertThat(kamelet).as(use.kamelet()).isNotNull();
                    assertThat(use.parameters().keySet()).containsAll(kamelet.required());
                    assertThat(kamelet.parameters().keySet())
                            .containsAll(use.parameters().keySet());
                });
    }

    @Test
    void everyUseGivesValuesThatArrive() {
        assertThat(uses())
                .as(
                        "because parameters become a URI, where + is a space and & ends a value, unless it is written RAW(...)")
                .allSatisfy(use -> use.parameters().forEach((name, value) -> {
                    Map<String, Object> parameter =
                            BY_NAME.get(use.kamelet()).parameters().get(name);
                    String text = String.valueOf(value);
                    if (!text.startsWith("RAW(")) {
                        assertThat(text).as(name).doesNotContain("&").doesNotContain("+");
                    }
                    if (parameter.get("enum") instanceof List<?> values) {
                        assertThat(values.stream().map(String::valueOf))
                                .as(name)
                                .contains(text);
                    }
                    if ("integer".equals(parameter.get("type"))) {
                        assertThat(text).as(name).matches("\\d+|\\{\\{.+}}");
                    }
                }));
    }

    @Test
    void providerRoutesUseTheirOwnProvidersKamelets() {
        Set<String> providers = YamlRoute.all().stream()
                .map(YamlRoute::provider)
                .filter(provider -> !provider.isEmpty())
                .collect(Collectors.toSet());
        assertThat(YamlRoute.all().stream().filter(route -> !route.provider().isEmpty()))
                .as("because a provider is a folder that can be copied, switched off or deleted alone")
                .allSatisfy(route -> assertThat(YamlKamelet.uses(route)).allSatisfy(use -> assertThat(providers)
                        .filteredOn(provider -> use.kamelet().startsWith(provider + "-"))
                        .allMatch(provider -> provider.equals(route.provider()))));
    }

    @Test
    void everyExampleIsARouteOfItsKamelet() {
        assertThat(KAMELETS)
                .as("because an example is copied: it must be a file as routes/ has them")
                .allSatisfy(kamelet -> {
                    YamlRoute example = kamelet.exampleRoute();
                    assertThat(example.id()).matches("[a-z0-9-]+");
                    assertThat(example.value("description")).hasSizeBetween(10, 100);
                    assertThat(YamlKamelet.uses(example))
                            .anyMatch(use -> use.kamelet().equals(kamelet.name()));
                    if (!example.isEntry() && !example.uri().startsWith("kamelet:")) {
                        assertThat(example.uri()).isEqualTo("direct:" + example.id());
                    }
                    assertThat(example.sendings())
                            .allSatisfy(sending -> assertThat(sending.id()).startsWith(example.id() + "-"));
                });
        assertThat(Stream.concat(YamlRoute.all().stream(), EXAMPLES.stream()).map(YamlRoute::id))
                .as("because it is copied beside the routes that are there")
                .doesNotHaveDuplicates();
    }

    @Test
    void theReadmeHasEveryKameletAsItsFileSays() {
        Matcher section = SECTION.matcher(YamlRoute.text(YamlRoute.DIR.resolve("README.md")));

        assertThat(section.find())
                .as("routes/README.md has a section \"All kamelets\"")
                .isTrue();
        assertThat(section.group(1))
                .as("because a newcomer finds the right kamelet in this table, it must not lie")
                .isEqualTo(table());
    }

    @Test
    void theReadmeHasEveryTypeOfEvent() throws IOException {
        Set<String> documented = new TreeSet<>();
        EVENT_ROW
                .matcher(YamlRoute.text(YamlRoute.DIR.resolve("README.md")))
                .results()
                .forEach(row -> documented.addAll(
                        List.of(row.group(1).replaceAll("[`| ]", "").split(","))));
        Set<String> told = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/patchbay"))) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("sandbox"))
                    .forEach(file -> EVENT_TOLD
                            .matcher(YamlRoute.text(file))
                            .results()
                            .forEach(found -> told.add(found.group(1))));
        }

        assertThat(told).as("the code was understood").contains("agent-lost", "call-received", "answered-by", "dtmf");
        assertThat(documented)
                .as("because a route begins with them, and a type that nobody tells is waited for in vain")
                .containsAll(told)
                .contains(CallEvents.COMPLETED);
    }

    private static String table() {
        return KAMELETS.stream()
                .map(kamelet -> "| %s | %s | %s |"
                        .formatted(kamelet.name(), parameters(kamelet), firstSentence(kamelet.description())))
                .collect(Collectors.joining("\n", "| kamelet | parameters | what it does |\n|---|---|---|\n", ""));
    }

    /** Required ones bold, the others with their defaults. */
    private static String parameters(YamlKamelet kamelet) {
        List<String> texts = new ArrayList<>();
        kamelet.parameters().forEach((name, parameter) -> {
            String value = String.valueOf(parameter.getOrDefault("default", ""));
            texts.add(
                    kamelet.required().contains(name)
                            ? "**" + name + "**"
                            : value.isEmpty() ? name : name + " = `" + value + "`");
        });
        return String.join(", ", texts);
    }

    private static String firstSentence(String description) {
        return description.substring(0, description.indexOf(". ")).replaceAll("\\s+", " ");
    }

    private static List<Use> uses() {
        return Stream.concat(YamlRoute.all().stream(), EXAMPLES.stream())
                .flatMap(route -> YamlKamelet.uses(route).stream())
                .toList();
    }
}
