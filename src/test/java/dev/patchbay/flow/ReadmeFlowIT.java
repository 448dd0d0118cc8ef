package dev.patchbay.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.provider.twilio.TwilioSignature;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * What README says works: every curl command in it is run by a shell as it stands, but for the ports of this test and for
 * what the reader is told to put in. A command whose path no route serves yet is left out.
 */
class ReadmeFlowIT {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```");
    /** A quoted text may go on over several lines, as may what ends with a backslash. */
    private static final Pattern COMMAND = Pattern.compile("(?m)^curl (?:'[^']*'|\"[^\"]*\"|\\\\\n|[^'\"\n])*");

    private static final Pattern URL = Pattern.compile("http://127\\.0\\.0\\.1:(8080|8081)(/[^\\s'\"?]*)?");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(id|sid)}");

    private final RunningGateway gateway = RunningGateway.shared();
    private final Map<String, String> known = new HashMap<>();

    @Test
    void everyCurlCommandRunsAsWritten() throws Exception {
        assumeTrue(run("command -v curl").status() == 0, "skipped: there is no curl");
        int done = 0;
        for (String command : commands()) {
            Matcher url = URL.matcher(command);
            assertThat(url.find()).as(command).isTrue();
            String path = url.group(2) == null ? "/" : url.group(2);
            if (url.group(1).equals("8081") || isServed(method(command), path)) {
                works(command, path);
                done++;
            }
        }

        assertThat(done).isGreaterThanOrEqualTo(5);
    }

    private void works(String command, String path) throws Exception {
        if (path.contains("{id}")) {
            await().atMost(10, TimeUnit.SECONDS).until(this::learnCall);
        }
        String ready =
                PLACEHOLDER.matcher(command).replaceAll(found -> Matcher.quoteReplacement(known.get(found.group(1))));
        Ran ran = run(ready.replace("http://127.0.0.1:8080", gateway.origin().toString())
                        .replace("http://127.0.0.1:8081", "http://127.0.0.1:" + gateway.operationsPort())
                + signature(command, path)
                + " -sS -w '\\n%{http_code}'");

        int end = ran.output().lastIndexOf('\n');
        assertThat(ran.output().substring(end + 1))
                .as(command + "\n" + ran.output())
                .startsWith("2");
        learn(ran.output().substring(0, end));
    }

    /** What a reader would copy from an answer into a later command. */
    private void learn(String answer) {
        if (answer.startsWith("{")) {
            JsonObject json = new JsonObject(answer);
            if (json.getValue("sid") instanceof String sid) {
                known.putIfAbsent("sid", sid);
            }
        }
    }

    private boolean learnCall() throws Exception {
        JsonArray calls = new JsonObject(gateway.get("/calls?limit=1").body()).getJsonArray("calls");
        if (!calls.isEmpty()) {
            known.put("id", calls.getJsonObject(0).getString("id"));
        }
        return !calls.isEmpty();
    }

    /** README has them run with TWILIO_VALIDATE_SIGNATURE=false; this gateway checks, so they are signed. */
    private String signature(String command, String path) {
        Matcher form = Pattern.compile("-d \"([^\"]*)\"").matcher(command);
        if (!command.contains("application/x-www-form-urlencoded") || !form.find()) {
            return "";
        }
        Map<String, String> fields = new TreeMap<>();
        new QueryStringDecoder(form.group(1), UTF_8, false)
                .parameters()
                .forEach((name, values) -> fields.put(name, values.get(0)));
        return " -H 'X-Twilio-Signature: %s'"
                .formatted(
                        new TwilioSignature(RunningGateway.TOKEN).signForm(gateway.origin() + path, fields.entrySet()));
    }

    private static List<String> commands() throws IOException {
        return BLOCK.matcher(Files.readString(Path.of("README.md")))
                .results()
                .flatMap(block -> COMMAND.matcher(block.group(1)).results())
                .map(MatchResult::group)
                .toList();
    }

    private static String method(String command) {
        Matcher given = Pattern.compile("-X ([A-Z]+)").matcher(command);
        return given.find() ? given.group(1) : command.contains(" -d ") ? "POST" : "GET";
    }

    /** Whether an entry of the routes has this path, or the public plane itself. */
    private static boolean isServed(String method, String path) throws IOException {
        if (List.of("/health", "/openapi.json", "/docs").contains(path)) {
            return true;
        }
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            for (Path file : files.filter(each -> each.toString().matches(".*(api|webhook).*\\.camel\\.yaml"))
                    .toList()) {
                String route = String.valueOf(new Yaml().<Object>load(Files.readString(file)));
                Matcher entry = Pattern.compile("path=(/[^,}\\s]*(?:\\{\\w+}[^,}\\s]*)*), httpMethodRestrict=([A-Z,]+)")
                        .matcher(route);
                if (entry.find()
                        && List.of(entry.group(2).split(",")).contains(method)
                        && path.matches(entry.group(1).replaceAll("\\{\\w+}", "[^/]+"))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** How a command ended, and what it wrote. */
    private record Ran(int status, String output) {}

    private static Ran run(String command) throws Exception {
        Process process = new ProcessBuilder("bash", "-c", command)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Ran(process.waitFor(), output);
    }
}
