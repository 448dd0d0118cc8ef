package dev.patchbay.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What the README of a recipe says to type, run by a shell as it stands but for the ports. */
final class Demonstration {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```");
    private static final Pattern COMMAND = Pattern.compile("(?m)^curl (?:'[^']*'|\"[^\"]*\"|\\\\\n|[^'\"\n])*");

    private Demonstration() {}

    /**
     * Runs the curl commands of {@code routes/recipe/<recipe>/README.md}, each of which must succeed.
     *
     * @return their answers, in order
     */
    static List<JsonObject> of(String recipe, RunningGateway gateway) throws Exception {
        assumeTrue(run("command -v curl").status == 0, "skipped: there is no curl");
        String readme = Files.readString(Path.of("routes/recipe", recipe, "README.md"));
        List<String> commands = BLOCK.matcher(readme)
                .results()
                .flatMap(block -> COMMAND.matcher(block.group(1)).results())
                .map(MatchResult::group)
                .toList();
        assertThat(commands).as("README of " + recipe + " has a curl").isNotEmpty();
        return commands.stream().map(command -> answer(command, gateway)).toList();
    }

    private static JsonObject answer(String command, RunningGateway gateway) {
        Ran ran = run(command.replace("http://127.0.0.1:8080", gateway.origin().toString())
                        .replace("http://127.0.0.1:8081", "http://127.0.0.1:" + gateway.operationsPort())
                + " -sS -w '\\n%{http_code}'");
        int end = ran.output.lastIndexOf('\n');
        assertThat(ran.output.substring(end + 1))
                .as(command + "\n" + ran.output)
                .startsWith("2");
        return new JsonObject(ran.output.substring(0, end));
    }

    private record Ran(int status, String output) {}

    private static Ran run(String command) {
        try {
            Process process = new ProcessBuilder("bash", "-c", command)
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            return new Ran(process.waitFor(), output);
        } catch (Exception e) {
            throw new IllegalStateException(command, e);
        }
    }
}
