package dev.patchbay.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Everything that {@code ./mvnw -Pbench verify} measures, as Markdown on standard output and in {@code target/bench/report.md}. It judges no build: figures depend on the machine.
 * What to run and how long is told by the properties of {@link BenchSettings}.
 */
public final class Benchmarks {

    private final BenchSettings settings;
    private final Path report;

    private Benchmarks(BenchSettings settings) {
        this.settings = settings;
        this.report = settings.work().resolve("report.md");
    }

    public static void main(String[] arguments) throws IOException, RunnerException {
        BenchSettings settings = BenchSettings.fromSystemProperties();
        Files.createDirectories(settings.work());
        Benchmarks benchmarks = new Benchmarks(settings);
        Files.writeString(benchmarks.report, "");
        benchmarks.print(machine());
        if (settings.wants("jmh")) {
            benchmarks.print(benchmarks.microbenchmarks());
        }
        if (!Files.isDirectory(Path.of("/proc/self")) || Runtime.getRuntime().availableProcessors() < 2) {
            benchmarks.print("\nLoad bench skipped: it needs Linux with taskset and two cores.\n");
            return;
        }
        benchmarks.pinned();
        benchmarks.unpinned();
    }

    /** Gateway on one core, generator on the other. */
    private void pinned() throws IOException {
        int agentPort = Contender.freePort();
        Contenders contenders = new Contenders(settings, agentPort);
        try (Generator generator = new Generator(Cores.GENERATOR, agentPort, settings.work())) {
            ScaleAndMemory patchbay = new ScaleAndMemory(settings, contenders, generator);
            part("frame", () -> new FrameCost(settings, contenders, generator).measure());
            part("capacity", () -> new Capacity(settings, contenders, generator).measure());
            part("scale", patchbay::scale);
            part("memory", patchbay::shortCalls);
        }
    }

    private void unpinned() throws IOException {
        int agentPort = Contender.freePort();
        Contenders contenders = new Contenders(settings, agentPort);
        try (Generator generator = new Generator(Cores.ANY, agentPort, settings.work())) {
            part("delay", () -> new AddedDelay(settings, contenders, generator).measure());
            part("webhooks", () -> new WebhookLoad(settings, contenders).measure());
            part("start", () -> new StartUp(contenders).measure());
        }
    }

    private void part(String name, Supplier<Table> measurement) throws IOException {
        if (settings.wants(name)) {
            print(measurement.get().toString());
        }
    }

    private String microbenchmarks() throws RunnerException {
        Table table = new Table("JMH", "benchmark", "parameters", "score", "error", "unit");
        ChainedOptionsBuilder options = new OptionsBuilder().include("dev\\.patchbay\\..*");
        if (settings.seconds() < 10) {
            options.forks(1).warmupIterations(3).measurementIterations(3);
        }
        try {
            Collection<RunResult> results = new Runner(
                            new OptionsBuilder().include("dev\\.patchbay\\..*").build())
                    .run();
            for (RunResult result : results) {
                String name = result.getParams().getBenchmark();
                table.row(
                        name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1),
                        result.getParams().getParamsKeys().stream()
                                .map(result.getParams()::getParam)
                                .collect(Collectors.joining(", ")),
                        result.getPrimaryResult().getScore(),
                        result.getPrimaryResult().getScoreError(),
                        result.getPrimaryResult().getScoreUnit());
            }
        } catch (NoBenchmarksException none) {
            table.remark("There are none.");
        }
        return table.toString();
    }

    private void print(String markdown) throws IOException {
        System.out.println(markdown);
        Files.writeString(report, markdown + "\n", StandardOpenOption.APPEND);
    }

    private static String machine() throws IOException {
        Path cpus = Path.of("/proc/cpuinfo");
        String model = Files.isReadable(cpus)
                ? Files.readAllLines(cpus).stream()
                        .filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).trim())
                        .findFirst()
                        .orElse("")
                : "";
        return "\nMachine: " + Runtime.getRuntime().availableProcessors() + " cores "
                + model + ", " + System.getProperty("os.name") + " " + System.getProperty("os.version") + ", JDK "
                + Runtime.version() + ". Load average before: "
                + Table.number(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage())
                + " (other work on the machine spoils the delays first, then the rest).";
    }
}
