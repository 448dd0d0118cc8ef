package dev.patchbay.bench;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One gateway under measurement, running as a child process. Closing it ends the process. */
final class Contender implements AutoCloseable {

    private static final int READY_SECONDS = 120;

    private final String name;
    private final String door;
    private final String authToken;
    private final Process process;
    private final Path log;
    private final double startSeconds;

    private Contender(String name, String door, String authToken, Process process, Path log, double startSeconds) {
        this.name = name;
        this.door = door;
        this.authToken = authToken;
        this.process = process;
        this.log = log;
        this.startSeconds = startSeconds;
    }

    /**
     * Starts a process and waits until its door answers and, of a gateway, until it is warm.
     *
     * @param door where calls begin, as in {@link LoadOrder}
     * @throws Skipped when it ends or does not answer in time
     */
    static Contender start(
            String name,
            List<String> command,
            Map<String, String> environment,
            Cores cores,
            String door,
            String authToken,
            Path work)
            throws Skipped {
        Path log = work.resolve(name.replaceAll("\\W+", "-").toLowerCase(Locale.ROOT) + ".log");
        ProcessBuilder builder = new ProcessBuilder(cores.pin(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()));
        builder.environment().putAll(environment);
        long from = System.nanoTime();
        try {
            Process process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            try {
                awaitDoor(process, door, authToken);
                double startSeconds = (System.nanoTime() - from) / 1e9;
                if (door.startsWith("http")) {
                    await(process, () -> isHealthy(URI.create(door).resolve("/health")));
                }
                return new Contender(name, door, authToken, process, log, startSeconds);
            } catch (Skipped notReady) {
                process.destroyForcibly();
                throw new Skipped(name + " " + notReady.getMessage() + ", see " + log);
            }
        } catch (IOException failed) {
            throw new Skipped(name + ": " + failed.getMessage());
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new IllegalStateException(none);
        }
    }

    String name() {
        return name;
    }

    Path log() {
        return log;
    }

    /** Seconds from the start of the process to its first answer: for a webhook, to the first TwiML with a stream. */
    double startSeconds() {
        return startSeconds;
    }

    /** Its webhooks, signed. */
    TwilioDoor webhooks() {
        return new TwilioDoor(URI.create(door), authToken);
    }

    LoadOrder order(int calls, int warmUpSeconds, int seconds) {
        return new LoadOrder(door, authToken, process.pid(), calls, warmUpSeconds, seconds, 0, false);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitDoor(Process process, String door, String authToken) throws Skipped {
        URI address = URI.create(door);
        TwilioDoor webhook = new TwilioDoor(address, authToken);
        await(process, () -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), 1000);
                if (door.startsWith("http")) {
                    webhook.call();
                }
                return true;
            }
        });
    }

    private static boolean isHealthy(URI health) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) health.toURL().openConnection();
        try {
            return connection.getResponseCode() == 200;
        } finally {
            connection.disconnect();
        }
    }

    /** What a process must come to; an exception means not yet. */
    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Process process, Condition condition) throws Skipped {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
        String last = "no answer";
        while (process.isAlive() && System.nanoTime() < deadline) {
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (IOException | IllegalStateException notYet) {
                last = String.valueOf(notYet.getMessage());
            }
            try {
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new Skipped("was interrupted");
            }
        }
        throw new Skipped(process.isAlive() ? "was not ready: " + last : "ended during its start");
    }
}
