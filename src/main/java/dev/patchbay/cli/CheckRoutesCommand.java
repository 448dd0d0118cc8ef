package dev.patchbay.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.route.RoutesProperties;
import dev.patchbay.route.check.RouteCheck;
import dev.patchbay.route.check.RouteFinding;
import dev.patchbay.route.check.RouteFolder;
import dev.patchbay.route.check.RouteSources;
import dev.patchbay.settings.GatewaySettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code routes check}: what a running gateway would say of these files, without one. */
@Command(
        name = "check",
        description = {
            "Checks the files of routes as a running gateway does before it takes an edit, sandbox/ and providers that",
            "are off included. Starts nothing. Exit code 1 when something is wrong; each line is file:line:column: reason."
        },
        mixinStandardHelpOptions = true)
final class CheckRoutesCommand implements Callable<Integer> {

    private final Map<String, String> variables;

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "The folder; PATCHBAY_ROUTES_DIR without it")
    private @Nullable Path dir;

    @Option(
            names = "--json",
            description = "Prints {\"ok\": ..., \"files\": ..., \"findings\": [...]} instead of lines")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    CheckRoutesCommand(Map<String, String> variables) {
        this.variables = variables;
    }

    @Override
    public Integer call() {
        Map<String, String> withSandbox = new HashMap<>(variables);
        withSandbox.merge("SPRING_PROFILES_ACTIVE", "sandbox", (given, sandbox) -> given + "," + sandbox);
        GatewaySettings settings = GatewaySettings.of(withSandbox);
        Path checked = dir == null
                ? settings.read("patchbay.routes", RoutesProperties.class).dir()
                : dir;
        RouteSources sources = new RouteFolder(checked, true).read();
        List<RouteFinding> findings = RouteCheck.offline(sources, settings.environment());
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.print(json ? json(sources, findings) : text(sources, findings));
        out.flush();
        return findings.isEmpty() ? 0 : 1;
    }

    private static String text(RouteSources sources, List<RouteFinding> findings) {
        StringBuilder text = new StringBuilder();
        findings.forEach(
                finding -> text.append(finding.textWithExcerpt(sources)).append(System.lineSeparator()));
        return text.append(
                        findings.isEmpty()
                                ? "%d files of routes are in order."
                                        .formatted(sources.routeFiles().size())
                                : findings.size() + " wrong.")
                .append(System.lineSeparator())
                .toString();
    }

    private static String json(RouteSources sources, List<RouteFinding> findings) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("ok", findings.isEmpty());
        report.put("files", sources.routeFiles().size());
        report.put(
                "findings",
                findings.stream()
                        .map(finding -> {
                            Map<String, Object> one = new LinkedHashMap<>();
                            one.put("file", sources.shown(finding.path()));
                            one.put("line", finding.line());
                            one.put("column", finding.column());
                            one.put("reason", finding.reason());
                            one.put("excerpt", finding.excerpt());
                            return one;
                        })
                        .toList());
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report)
                    + System.lineSeparator();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a map of strings could not be written", impossible);
        }
    }
}
