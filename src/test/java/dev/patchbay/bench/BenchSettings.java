package dev.patchbay.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * How long and how much to measure, from system properties, so that a quick run is possible.
 *
 * @param seconds measured window of each run ({@code bench.seconds})
 * @param warmUpSeconds before each window ({@code bench.warmup})
 * @param rounds repetitions of the interleaved comparison, of which the median counts ({@code bench.rounds})
 * @param shortCalls calls of the leak check ({@code bench.shortCalls})
 * @param only parts to run ({@code bench.only}: jmh, frame, capacity, scale, delay, memory, webhooks, start); empty for all
 * @param jvm flags of the gateway's Java, separated by spaces ({@code bench.jvm})
 * @param jar the gateway ({@code bench.jar})
 * @param routes its routes ({@code bench.routes})
 * @param work for logs, compiled bridges, temporary stores
 */
record BenchSettings(
        int seconds,
        int warmUpSeconds,
        int rounds,
        int shortCalls,
        Set<String> only,
        List<String> jvm,
        Path jar,
        Path routes,
        Path work) {

    static BenchSettings fromSystemProperties() {
        Path base = Path.of("").toAbsolutePath();
        return new BenchSettings(
                number("bench.seconds", 10),
                number("bench.warmup", 6),
                number("bench.rounds", 3),
                number("bench.shortCalls", 10_000),
                Set.copyOf(parts("bench.only", ",")),
                parts("bench.jvm", " "),
                base.resolve(text("bench.jar", "target/patchbay.jar")),
                base.resolve(text("bench.routes", "routes")),
                base.resolve("target/bench"));
    }

    boolean wants(String part) {
        return only.isEmpty() || only.contains(part);
    }

    private static List<String> parts(String name, String separator) {
        return Arrays.stream(text(name, "").split(separator))
                .map(String::trim)
                .filter(part -> !part.isEmpty())
                .distinct()
                .toList();
    }

    private static int number(String name, int otherwise) {
        return Integer.parseInt(text(name, Integer.toString(otherwise)));
    }

    private static String text(String name, String otherwise) {
        String given = System.getProperty(name, "").trim();
        // An unset Maven property arrives as its placeholder.
        return given.isEmpty() || given.startsWith("${") ? otherwise : given;
    }
}
