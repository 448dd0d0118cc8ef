package dev.patchbay.route;

import dev.patchbay.settings.InvalidSettingException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Which recipes are on. Their routes and the operations that ask them have the same texts as placeholders, so a text that
 * only looks like yes would switch on one and not the other.
 *
 * @param recipe by name, as its folder has it
 */
@ConfigurationProperties("patchbay")
public record RecipeSwitches(@Nullable Map<String, RecipeSwitch> recipe) {

    /** @param enabled {@code true} or {@code false} */
    public record RecipeSwitch(@Nullable String enabled) {}

    public RecipeSwitches {
        recipe = Map.copyOf(Objects.requireNonNullElse(recipe, Map.of()));
        recipe.forEach((name, given) -> {
            String enabled = Objects.requireNonNullElse(given.enabled, "false");
            if (!enabled.equals("true") && !enabled.equals("false")) {
                throw new InvalidSettingException(
                        ("patchbay_recipe_" + name.replace('-', '_')).toUpperCase(Locale.ROOT),
                        "must be true or false");
            }
        });
    }
}
