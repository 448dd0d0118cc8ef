package dev.patchbay.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The {@link LoadGenerator} process as seen from the bench: orders in, results out, one at a time. */
final class Generator implements AutoCloseable {

    private final ObjectMapper json = new ObjectMapper();
    private final Process process;
    private final Writer orders;
    private final BufferedReader results;

    /** @param agentPort where its agent listens */
    Generator(Cores cores, int agentPort, Path work) {
        List<String> command = List.of(
                Contenders.java(),
                // Little lives and one core: the simplest collector disturbs least.
                "-XX:+UseSerialGC",
                "-Xms512m",
                "-Xmx1g",
                "-Xmn256m",
                "-Dio.netty.leakDetection.level=disabled",
                "-Dio.netty.buffer.checkBounds=false",
                "-cp",
                System.getProperty("java.class.path"),
                LoadGenerator.class.getName(),
                Integer.toString(agentPort));
        try {
            process = new ProcessBuilder(cores.pin(command))
                    .redirectError(work.resolve("generator.log").toFile())
                    .start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        orders = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        results = process.inputReader(StandardCharsets.UTF_8);
    }

    LoadResult run(LoadOrder order) {
        try {
            orders.write(json.writeValueAsString(order) + "\n");
            orders.flush();
            String result = results.readLine();
            if (result == null) {
                return LoadResult.failed(order.calls(), "the generator ended");
            }
            return json.readValue(result, LoadResult.class);
        } catch (IOException failed) {
            return LoadResult.failed(order.calls(), "the generator failed: " + failed.getMessage());
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
