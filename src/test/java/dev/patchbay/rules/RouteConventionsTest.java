package dev.patchbay.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.rules.YamlRoute.Sending;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** How the files in {@code routes/} are written. Rules hold for routes that come later too. */
class RouteConventionsTest {

    private static final Pattern ID = Pattern.compile("[a-z0-9-]+");
    private static final Pattern SIMPLE_FUNCTION = Pattern.compile("\\$\\{[^}]*}");
    private static final List<YamlRoute> ROUTES = YamlRoute.all();

    @Test
    void thereAreRoutes() {
        assertThat(ROUTES).as("otherwise every rule below holds").hasSizeGreaterThan(15);
    }

    @TestFactory
    List<DynamicTest> everyFileIsReadByCamel() {
        return YamlRoute.files().stream()
                .map(file -> DynamicTest.dynamicTest(file.toString(), () -> readByCamel(file)))
                .toList();
    }

    /** Structure only: beans, endpoints and expressions are looked up when a route starts. */
    private static void readByCamel(Path file) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            ROUTES.forEach(route -> {
                context.getPropertiesComponent()
                        .addInitialProperty("patchbay.provider." + route.provider() + ".enabled", "true");
                context.getPropertiesComponent()
                        .addInitialProperty("patchbay.recipe." + route.recipe() + ".enabled", "true");
            });
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(ResourceHelper.resolveResource(context, "file:" + file.toAbsolutePath()));
        }
    }

    @Test
    void oneThingPerFile() {
        assertThat(YamlRoute.files())
                .as("because an edit of one route must not break another, and a file is found by its route's id")
                .allSatisfy(file -> assertThat(YamlRoute.entries(file)).hasSize(1));
    }

    @Test
    void idIsFileName() {
        assertThat(ROUTES)
                .as("because who sees an id in hawtio or the log must find the file, and who sends to direct:x too")
                .allSatisfy(route -> {
                    assertThat(route.id()).matches(ID);
                    assertThat(route.file()).hasFileName(route.id() + ".camel.yaml");
                    if (!route.isEntry() && !route.uri().startsWith("kamelet:")) { // begins with what happens
                        // A recipe may be started by the clock.
                        String from = route.recipe().isEmpty() ? "direct:" : "(direct|timer|cron):";
                        assertThat(route.uri()).matches(from + route.id());
                    }
                });
    }

    @Test
    void idsAreUnique() {
        assertThat(ROUTES.stream().map(YamlRoute::id))
                .as("because Camel lets the second of two routes with one id silently replace the first")
                .doesNotHaveDuplicates();
    }

    @Test
    void idSaysTheFolder() {
        assertThat(ROUTES)
                .as("because the id is all that hawtio and the log show")
                .allSatisfy(route -> {
                    if (!route.recipe().isEmpty()) {
                        assertThat(route.id()).matches("recipe-" + route.recipe() + "(-[a-z]+)*");
                        assertThat(route.id().endsWith("-webhook")).isEqualTo(route.isEntry());
                        return;
                    }
                    switch (route.folder()) {
                        case "api" -> assertThat(route.id()).startsWith("api-");
                        case "webhook" -> assertThat(route.id()).endsWith("-webhook");
                        case "sandbox" -> assertThat(route.id()).matches("sandbox-.*|tool-.*"); // agents name tools
                        default -> assertThat(route.id()).doesNotMatch("api-.*|sandbox-.*|recipe-.*|.*-webhook");
                    }
                });
    }

    @Test
    void everyRouteHasADescription() {
        assertThat(ROUTES)
                .as("because it is the line in the route map and in hawtio")
                .allSatisfy(route -> assertThat(route.value("description")).hasSizeBetween(10, 100));
    }

    @Test
    void blockStyle() {
        assertThat(YamlRoute.files())
                .as("because Kaoto writes files back in block style: anything else makes the next diff unreadable")
                .allSatisfy(file -> assertThat(flowStyled(file)).isEmpty());
    }

    @Test
    void outwardStepsHaveIds() {
        assertThat(ROUTES)
                .as(
                        "because figures, breakpoints and tests find a step by its id, which must be unique among all routes")
                .allSatisfy(route -> assertThat(route.sendings())
                        .allSatisfy(sending -> assertThat(sending.id()).startsWith(route.id() + "-")));
        assertThat(ROUTES.stream().flatMap(route -> route.sendings().stream()).map(Sending::id))
                .doesNotHaveDuplicates();
    }

    @Test
    void entriesSayWhoMayCallAndHowAnErrorLooks() {
        assertThat(entries())
                .as("because an entry without a rule would be open to everybody, and one without an error configuration"
                        + " would answer in a shape that nobody reads")
                .isNotEmpty()
                .allSatisfy(route -> {
                    assertThat(route.value("routePolicy"))
                            .matches(
                                    route.folder().equals("sandbox")
                                            ? "sandbox-[a-z]+"
                                            : "api-key|api-key-csv|public|[a-z]+-signature");
                    assertThat(route.value("routeConfigurationId")).isIn(errorConfigurations());
                    assertThat(route.parameters()).containsKeys("path", "httpMethodRestrict");
                });
    }

    @Test
    void entriesHaveFoldersOfTheirOwn() {
        assertThat(entries())
                .as("because who reviews what is open to the outside must find all of it")
                .allSatisfy(route -> {
                    if (route.recipe().isEmpty()) { // a recipe's entry says so in its id
                        assertThat(route.folder()).isIn("api", "webhook", "sandbox");
                    }
                });
    }

    @Test
    void innerRoutesLetErrorsRise() {
        assertThat(ROUTES.stream().filter(route -> !route.isEntry()))
                .as("because how an error looks belongs to the door, not to the room")
                .isNotEmpty()
                .allSatisfy(route -> assertThat(route.definition())
                        .doesNotContainKeys("routePolicy", "routeConfigurationId", "errorHandler"));
    }

    @Test
    void providerRoutesAreTheirProviders() {
        assertThat(providerRoutes())
                .as("because a provider is a folder that can be copied, switched off or deleted alone")
                .isNotEmpty()
                .allSatisfy(route -> {
                    assertThat(route.id()).startsWith(route.provider() + "-");
                    assertThat(route.value("precondition"))
                            .isEqualTo("{{patchbay.provider." + route.provider() + ".enabled}}");
                });
    }

    @Test
    void providerRoutesNeverSendToAnotherProvider() {
        assertThat(providerRoutes())
                .as("because it would be found out on the day when the other provider is switched off")
                .allSatisfy(route -> {
                    Set<String> others = providers();
                    others.remove(route.provider());
                    assertThat(route.sendings()).filteredOn(Sending::isDirect).allSatisfy(sending -> {
                        assertThat(sending.name()).doesNotContain("${");
                        assertThat(others).noneMatch(other -> sending.name().startsWith(other + "-"));
                    });
                });
    }

    @Test
    void recipesAreSwitchedOnByOneVariableEach() {
        assertThat(YamlRoute.settings("patchbay", "recipe").keySet())
                .as("because a recipe is a folder, and a switch without one does nothing")
                .isEqualTo(YamlRoute.recipes());
        assertThat(YamlRoute.recipes())
                .as("because a recipe is off until somebody wants it")
                .allSatisfy(name -> assertThat(YamlRoute.settings("patchbay", "recipe", name))
                        .containsEntry("enabled", "${" + switchOf(name) + ":false}"));
        assertThat(recipeRoutes())
                .as("because a recipe that is off must not be there")
                .allSatisfy(route -> assertThat(route.value("precondition"))
                        .isEqualTo("{{patchbay.recipe." + route.recipe() + ".enabled}}"));
    }

    @Test
    void everyRecipeIsExplainedAndBeginsWithARouteOfItsName() {
        String overview = YamlRoute.text(YamlRoute.DIR.resolve("recipe/README.md"));
        assertThat(YamlRoute.recipes())
                .as("because a recipe is made to be read and adapted")
                .allSatisfy(name -> {
                    assertThat(overview).contains("| [" + name + "](" + name + "/README.md) |");
                    assertThat(YamlRoute.text(YamlRoute.DIR.resolve("recipe/" + name + "/README.md")))
                            .contains(switchOf(name) + "=true", "curl ");
                    assertThat(recipeRoutes().stream().map(YamlRoute::id)).contains("recipe-" + name);
                });
    }

    @Test
    void recipesSendToOperationsAndToThemselves() {
        Set<String> providers = providers();
        assertThat(recipeRoutes())
                .as("because another recipe, or a provider, may be off")
                .allSatisfy(route -> assertThat(route.sendings())
                        .filteredOn(Sending::isDirect)
                        .extracting(Sending::name)
                        .allSatisfy(name -> {
                            assertThat(name).doesNotContain("${");
                            assertThat(providers).noneMatch(provider -> name.startsWith(provider + "-"));
                            if (name.startsWith("recipe-")) {
                                assertThat(name).matches("recipe-" + route.recipe() + "(-[a-z]+)*");
                            }
                        }));
    }

    @Test
    void everyDirectNameIsServed() {
        Set<String> always = ROUTES.stream()
                .filter(route -> !route.folder().equals("sandbox"))
                .map(YamlRoute::id)
                .collect(Collectors.toSet());
        assertThat(ROUTES)
                .as("because Camel finds out when the first message comes")
                .allSatisfy(route -> assertThat(route.sendings())
                        .filteredOn(Sending::isDirect)
                        .allSatisfy(sending -> assertThat(always)
                                .anyMatch(id -> id.matches(
                                        SIMPLE_FUNCTION.matcher(sending.name()).replaceAll("[a-z0-9-]+")))));
    }

    @Test
    void dispatchIsByVariables() {
        assertThat(ROUTES)
                .as("because a header or a body may come from outside, and must not choose a route")
                .allSatisfy(route -> assertThat(route.sendings()).allSatisfy(sending -> assertThat(
                                SIMPLE_FUNCTION.matcher(sending.uri()).results())
                        .allMatch(function -> function.group().startsWith("${variable."))));
    }

    @Test
    void beansAreCalledByMethod() {
        assertThat(YamlRoute.files())
                .as("because ${bean:...} inside a simple text takes its parameters from the text, where a caller's data"
                        + " would be parsed as code; method: and bean: do not")
                .allSatisfy(file -> assertThat(YamlRoute.text(file)).doesNotContain("${bean:"));
    }

    private static List<YamlRoute> entries() {
        return ROUTES.stream().filter(YamlRoute::isEntry).toList();
    }

    private static List<YamlRoute> providerRoutes() {
        return ROUTES.stream().filter(route -> !route.provider().isEmpty()).toList();
    }

    private static String switchOf(String recipe) {
        return "PATCHBAY_RECIPE_" + recipe.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static List<YamlRoute> recipeRoutes() {
        return ROUTES.stream().filter(route -> !route.recipe().isEmpty()).toList();
    }

    private static Set<String> providers() {
        return providerRoutes().stream().map(YamlRoute::provider).collect(Collectors.toSet());
    }

    private static Set<String> errorConfigurations() {
        return YamlRoute.files().stream()
                .flatMap(file -> YamlRoute.entries(file).stream())
                .map(entry -> entry.get("routeConfiguration"))
                .filter(Map.class::isInstance)
                .map(configuration -> String.valueOf(((Map<?, ?>) configuration).get("id")))
                .collect(Collectors.toSet());
    }

    /** The lines of what is written as {@code {a: b}} or {@code [a, b]}; an empty one has no other way. */
    private static List<Integer> flowStyled(Path file) {
        List<Integer> lines = new ArrayList<>();
        collectFlowStyled(new Yaml().compose(new StringReader(YamlRoute.text(file))), lines);
        return lines;
    }

    private static void collectFlowStyled(Node node, List<Integer> lines) {
        if (node instanceof CollectionNode<?> collection
                && collection.getFlowStyle() == FlowStyle.FLOW
                && !collection.getValue().isEmpty()) {
            lines.add(node.getStartMark().getLine() + 1);
        }
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(pair -> collectFlowStyled(pair.getValueNode(), lines));
        } else if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(element -> collectFlowStyled(element, lines));
        }
    }
}
