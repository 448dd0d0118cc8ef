package dev.patchbay.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What makes a folder in {@code routes/recipe/} a recipe, besides what {@code routes check} says of its files. */
class RecipeConventionsTest {

    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| \\[([a-z-]+)]\\(\\1/README\\.md\\) \\| [^|]+ \\| `([A-Z_]+)` \\|$");

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
        Map<String, String> listed = ROW.matcher(YamlRoute.text(YamlRoute.DIR.resolve("recipe/README.md")))
                .results()
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
        assertThat(listed)
                .as("because who looks for a flow looks at the list in recipe/README.md")
                .isEqualTo(YamlRoute.recipes().stream()
                        .collect(Collectors.toMap(name -> name, RecipeConventionsTest::switchOf)));
        assertThat(YamlRoute.recipes())
                .as("because a recipe is made to be read and adapted")
                .allSatisfy(name -> {
                    assertThat(YamlRoute.text(YamlRoute.DIR.resolve("recipe/" + name + "/README.md")))
                            .contains(switchOf(name) + "=true", "curl ");
                    assertThat(recipeRoutes().stream().map(YamlRoute::id)).contains("recipe-" + name);
                });
    }

    private static String switchOf(String recipe) {
        return "PATCHBAY_RECIPE_" + recipe.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static List<YamlRoute> recipeRoutes() {
        return YamlRoute.all().stream()
                .filter(route -> !route.recipe().isEmpty())
                .toList();
    }
}
