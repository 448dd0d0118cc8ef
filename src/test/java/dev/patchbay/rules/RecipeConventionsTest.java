package dev.patchbay.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What makes a folder in {@code routes/recipe/} a recipe, besides what {@code routes check} says of its files. */
class RecipeConventionsTest {

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

    private static String switchOf(String recipe) {
        return "PATCHBAY_RECIPE_" + recipe.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static List<YamlRoute> recipeRoutes() {
        return YamlRoute.all().stream()
                .filter(route -> !route.recipe().isEmpty())
                .toList();
    }
}
