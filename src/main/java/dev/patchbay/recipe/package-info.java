/** What the recipes in {@code routes/recipe/} decide by: tables and hours that engineers edit beside the routes. */
@NullMarked
package dev.patchbay.recipe;

import org.jspecify.annotations.NullMarked;
