package dev.patchbay.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.cli.Commands;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Does what a document says, in its order, and holds what it shows against what comes:
 *
 * <ul>
 *   <li>{@code sh}: commands; a shell runs them as they stand, but for the ports of this gateway. Each must succeed.
 *   <li>a block without language, or {@code json}, behind it: what they put out, see {@link Shown}
 *   <li>{@code log}: what the gateway logs because of what was done last
 *   <li>{@code diff} with {@code --- file}: an edit that is made, with {@code @@} between its places
 *   <li>any other that begins with a comment that names a file: a file of the project, quoted, or below {@code routes/} a
 *       new one that is written
 * </ul>
 *
 * <p>{@code {name}} in a command is what the reader copies there: the member of this name of an answer before.
 */
final class DocumentRun {

    /** Commands that no test runs, and why. Every other one is run. */
    private static final Map<Pattern, String> LEFT_OUT = Map.of(
            Pattern.compile("\\./mvnw .*(verify|package|-Dtest=.*|-Dit\\.test=.*)"), "is the build that runs this test",
            Pattern.compile("docker compose .*|ngrok .*|kafka-console-consumer\\.sh .*"),
                    "needs what not every machine has",
            Pattern.compile("java -jar target/patchbay\\.jar"), "starts outside of the sandbox, with an account",
            Pattern.compile("java -jar target/patchbay\\.jar (doctor|numbers).*"), "asks the providers of an account");

    private static final String START = "./mvnw spring-boot:run -Dspring-boot.run.profiles=sandbox";
    private static final Pattern COMMAND_LINE =
            Pattern.compile("(?:SPRING_PROFILES_ACTIVE=sandbox )?java -jar target/patchbay\\.jar (.+)");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_]+)}(?=['\"/?\\s]|$)");
    private static final Pattern NAMED_FILE = Pattern.compile("(?://|#) ((?:src|routes)/\\S+)");
    private static final Pattern EDITED_FILE = Pattern.compile("--- (\\S+)\n");
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final DocumentGateway gateway;
    private final Map<String, String> known = new HashMap<>();
    private final List<String> outputs = new ArrayList<>();

    /** How much had been logged before what was done last. */
    private int mark;

    DocumentRun(DocumentGateway gateway) {
        this.gateway = gateway;
    }

    /** @return what its commands put out, in order */
    List<String> run(Document document) throws IOException, InterruptedException {
        assumeTrue(shell("command -v curl").status() == 0, "there is no curl");
        Supplier<String> output = null;
        List<Runnable> later = new ArrayList<>();
        for (Document.Block block : document.blocks()) {
            String place = document.place(block);
            Supplier<String> before = output;
            output = null;
            switch (block.language()) {
                case "sh" -> output = commands(place, block);
                case "", "json" -> {
                    if (before != null && before.get().isEmpty()) {
                        later.add(() -> shown(place, block.text(), before));
                    } else if (before != null) {
                        shown(place, block.text(), before);
                    }
                }
                case "log" ->
                    await().atMost(PATIENCE)
                            .untilAsserted(() -> Shown.inOutput(place, block.text(), gateway.log(mark)));
                case "diff" -> edit(place, block.text());
                default -> file(place, block.text());
            }
        }
        later.forEach(Runnable::run); // What a start prints comes while the reader goes on.
        return outputs;
    }

    private static void shown(String place, String text, Supplier<String> output) {
        await().atMost(PATIENCE).untilAsserted(() -> Shown.inOutput(place, text, output.get()));
    }

    /** @return what they put out; what a start puts out comes later. Null when none is run */
    private Supplier<String> commands(String place, Document.Block block) throws IOException, InterruptedException {
        StringBuilder output = new StringBuilder();
        mark = gateway.logged();
        String routes = gateway.fingerprint();
        String status = gateway.status();
        boolean isRun = false;
        boolean isEdit = false;
        for (String command : block.commands()) {
            if (command.equals(START)) {
                gateway.start();
                return gateway::printed;
            }
            if (LEFT_OUT.keySet().stream()
                    .anyMatch(pattern -> pattern.matcher(command).matches())) {
                continue;
            }
            isRun = true;
            isEdit |= !command.startsWith("curl ")
                    && !COMMAND_LINE.matcher(command).matches();
            String one = output(place, ready(place, command));
            outputs.add(one);
            output.append(gateway.usual(one)).append('\n');
            learn(one);
        }
        if (isEdit && !routes.equals(gateway.fingerprint())) {
            gateway.awaitOtherThan(status);
        }
        return isRun ? output::toString : null;
    }

    private String output(String place, String command) throws IOException, InterruptedException {
        Matcher own = COMMAND_LINE.matcher(command);
        if (own.matches()) {
            return commandLine(place, own.group(1));
        }
        boolean isRequest = command.startsWith("curl ");
        Ran ran = shell(isRequest ? command + " -sS -w '\\n%{http_code}'" : command);
        if (!isRequest) {
            assertThat(ran.status())
                    .as(place + ": " + command + "\n" + ran.output())
                    .isZero();
            return ran.output();
        }
        int end = ran.output().lastIndexOf('\n');
        assertThat(ran.output().substring(end + 1))
                .as(place + ": " + command + "\n" + ran.output())
                .startsWith("2");
        return ran.output().substring(0, end);
    }

    private String ready(String place, String command) {
        return gateway.actual(PLACEHOLDER.matcher(command).replaceAll(found -> {
            String value = known.get(found.group(1));
            assertThat(value)
                    .as("%s: nothing before tells what {%s} is", place, found.group(1))
                    .isNotNull();
            return Matcher.quoteReplacement(value);
        }));
    }

    /** The exit code says whether something is wrong, as the output does. */
    private String commandLine(String place, String arguments) {
        StringWriter out = new StringWriter();
        int code = Commands.run(
                gateway.environment(),
                new PrintWriter(out),
                new PrintWriter(out),
                arguments.replace(" check routes", " check").split(" "));
        assertThat(code).as(place + "\n" + out).isEqualTo(out.toString().contains(" wrong.") ? 1 : 0);
        return out.toString();
    }

    /** What a reader would copy from an answer into a later command. */
    private void learn(String answer) {
        if (answer.startsWith("{")) {
            learn(new JsonObject(answer), new HashMap<>());
        }
    }

    private void learn(Object value, Map<String, String> here) {
        if (value instanceof JsonObject object) {
            object.forEach(member -> {
                if (member.getValue() instanceof String text && here.putIfAbsent(member.getKey(), text) == null) {
                    known.put(member.getKey(), text);
                } else {
                    learn(member.getValue(), here);
                }
            });
        } else if (value instanceof JsonArray array) {
            array.forEach(element -> learn(element, here));
        }
    }

    private void edit(String place, String diff) throws IOException, InterruptedException {
        Matcher header = EDITED_FILE.matcher(diff);
        assertThat(header.lookingAt()).as(place + " begins with --- and a file").isTrue();
        Path file = gateway.folder().resolve(header.group(1));
        String text = Files.readString(file);
        for (String change : diff.substring(header.end()).split("(?m)^@@.*\n")) {
            String before = side(change, "+");
            assertThat(text.split(Pattern.quote(before), -1))
                    .as(place + " fits once into " + file)
                    .hasSize(2);
            text = text.replace(before, side(change, "-"));
        }
        save(file, text);
    }

    /** What a file has on one side of a change. @param other the mark of lines that only the other side has */
    private static String side(String change, String other) {
        return change.lines()
                .filter(line -> !line.startsWith(other))
                .map(line -> (line.isEmpty() ? "" : line.substring(1)) + "\n")
                .collect(Collectors.joining());
    }

    private void file(String place, String text) throws IOException, InterruptedException {
        Matcher named = NAMED_FILE.matcher(text.lines().findFirst().orElse(""));
        if (!named.matches()) {
            return;
        }
        Path project = Path.of(named.group(1));
        String content = text.substring(text.indexOf('\n') + 1);
        if (Files.exists(project)) {
            assertThat(content.strip())
                    .as(place + " quotes " + project)
                    .isEqualTo(Files.readString(project).strip());
        } else {
            assertThat(project.startsWith("routes"))
                    .as(place + " quotes a file that is there")
                    .isTrue();
            save(gateway.folder().resolve(named.group(1)), content);
        }
    }

    /** As most editors do: beside it first, then in its place. */
    private void save(Path file, String text) throws IOException, InterruptedException {
        mark = gateway.logged();
        String status = gateway.status();
        Path draft = file.resolveSibling("." + file.getFileName() + ".swp");
        Files.createDirectories(file.getParent());
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        gateway.awaitOtherThan(status);
    }

    /** How a command ended, and what it wrote. */
    record Ran(int status, String output) {}

    private Ran shell(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", "-c", command)
                .directory(gateway.folder().toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Ran(process.waitFor(), output);
    }
}
