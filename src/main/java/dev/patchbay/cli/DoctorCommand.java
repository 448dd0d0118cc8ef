package dev.patchbay.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.cli.Finding.State;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code doctor}: what is set up, and what is wrong with it. */
@Command(
        name = "doctor",
        description = {
            "Checks variables, store, providers, the public URL and the webhooks of the phone numbers.",
            "Exit code 1 when something that is needed is wrong. Values of variables are never shown."
        },
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    private final Map<String, String> variables;

    @Option(names = "--json", description = "Prints {\"ok\": ..., \"findings\": [...]} instead of a table")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    DoctorCommand(Map<String, String> variables) {
        this.variables = variables;
    }

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        List<Finding> findings = Diagnosis.of(variables);
        long wrong = findings.stream()
                .filter(finding -> finding.state() == State.WRONG)
                .count();
        out.print(json ? json(findings, wrong == 0) : table(findings, wrong));
        out.flush();
        return wrong == 0 ? 0 : 1;
    }

    private static String table(List<Finding> findings, long wrong) {
        int width = findings.stream()
                .mapToInt(finding -> finding.name().length())
                .max()
                .orElse(1);
        StringBuilder text = new StringBuilder();
        String group = "";
        for (Finding finding : findings) {
            if (!finding.group().equals(group)) {
                group = finding.group();
                text.append(group).append(System.lineSeparator());
            }
            text.append("  %-7s  %s  %s%n"
                    .formatted(finding.state().wire(), padded(finding.name(), width), finding.detail()));
        }
        return text.append(wrong == 0 ? "Everything that is needed is in order." : wrong + " wrong, see above.")
                .append(System.lineSeparator())
                .toString();
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private static String json(List<Finding> findings, boolean ok) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("ok", ok);
        report.put(
                "findings",
                findings.stream()
                        .map(finding -> {
                            Map<String, Object> one = new LinkedHashMap<>();
                            one.put("group", finding.group());
                            one.put("name", finding.name());
                            one.put("state", finding.state().wire());
                            one.put("detail", finding.detail());
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
