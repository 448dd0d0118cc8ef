package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;

/** What the README of a recipe says to type. */
final class Demonstration {

    private Demonstration() {}

    /**
     * Runs the commands of {@code routes/recipe/<recipe>/README.md}, as {@link DocumentRun} does.
     *
     * @return their answers, in order
     */
    static List<JsonObject> of(String recipe, RunningGateway gateway) throws Exception {
        Document readme = Document.read(Path.of("routes/recipe", recipe, "README.md"));
        List<String> answers = new DocumentRun(new DocumentGateway(gateway)).run(readme);
        assertThat(answers).as("README of " + recipe + " has a command").isNotEmpty();
        return answers.stream().map(JsonObject::new).toList();
    }
}
