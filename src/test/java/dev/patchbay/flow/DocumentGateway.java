package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.patchbay.route.LiveRoutes;
import dev.patchbay.route.check.RouteEdit;
import dev.patchbay.route.check.RouteFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The gateway that documents are tried with: a sandbox on a folder of its own, which has the project's routes and the Java
 * sources that documents copy. What is added to these sources is compiled at the next start, and found as if it had been
 * there.
 */
final class DocumentGateway implements AutoCloseable {

    private static final String ECHO = "src/main/java/dev/patchbay/provider/echo";
    private static final Path PROJECT = Path.of("").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path folder;
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Listener listener = new Listener();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private @Nullable RunningGateway running;
    private List<Path> compiled = List.of();

    /** @param folder an empty one */
    DocumentGateway(Path folder) throws IOException {
        this.folder = folder.toRealPath();
        RouteEdit.copyOfRoutes(folder.resolve("routes"));
        Files.createDirectories(folder.resolve(ECHO).getParent());
        copy(PROJECT.resolve(ECHO), folder.resolve(ECHO));
    }

    /** What runs already is used, and nothing is edited. */
    DocumentGateway(RunningGateway running) {
        this.folder = PROJECT;
        this.running = running;
    }

    Path folder() {
        return folder;
    }

    /** Starts it, or again when there are new sources. */
    void start() throws IOException {
        List<Path> sources = newSources();
        if (running != null && sources.equals(compiled)) {
            return;
        }
        boolean isFirst = running == null;
        if (running != null) {
            running.stop();
        }
        compiled = sources;
        PrintStream out = System.out;
        printed.reset();
        System.setOut(new PrintStream(new Both(out, printed), true, StandardCharsets.UTF_8));
        try {
            running = RunningGateway.with(
                    compile(sources),
                    "--patchbay.routes.dir=" + folder.resolve("routes"),
                    "--patchbay.store.data-dir=" + folder.resolve("data"),
                    "--patchbay.provider.twilio.validate-signature=false", // README posts without one
                    "--patchbay.sandbox.demonstration=" + isFirst);
        } finally {
            System.setOut(out);
        }
        listener.start(); // A start of the gateway sets logging up anew.
        logger().addAppender(listener);
    }

    /** What the gateway has printed since its start, as a reader sees it. */
    String printed() {
        return usual(printed.toString(StandardCharsets.UTF_8));
    }

    private RunningGateway running() {
        return Objects.requireNonNull(running, "the document starts the gateway");
    }

    /** A document's text with the ports of this gateway. */
    String actual(String text) {
        return running == null
                ? text
                : text.replaceAll("(localhost|127\\.0\\.0\\.1):8080", "127.0.0.1:" + running.port)
                        .replaceAll("(localhost|127\\.0\\.0\\.1):8081", "127.0.0.1:" + running.operationsPort());
    }

    /** What this gateway puts out as that of a reader does, who has the usual ports and is in the project's folder. */
    String usual(String text) {
        String usual = text.replace(folder + "/", "");
        return running == null
                ? usual
                : usual.replace("127.0.0.1:" + running.port, "127.0.0.1:8080")
                        .replace("127.0.0.1:" + running.operationsPort(), "127.0.0.1:8081");
    }

    /** What a command of the command line is started with beside a gateway like this. */
    Map<String, String> environment() {
        return Map.of(
                "SPRING_PROFILES_ACTIVE", "sandbox",
                "PATCHBAY_HTTP_PORT", String.valueOf(running().port),
                "PATCHBAY_ROUTES_DIR", folder.resolve("routes").toString());
    }

    /** How many lines have been logged. */
    int logged() {
        return log.size();
    }

    /** What has been logged since then, as a reader sees it. */
    String log(int mark) {
        return usual(String.join("\n", log.subList(mark, log.size())));
    }

    /** Of the folder of routes. */
    String fingerprint() {
        return new RouteFolder(folder.resolve("routes"), true).read().fingerprint();
    }

    /** Which routes run, and what is wrong with the folder. */
    String status() {
        if (running == null) {
            return "";
        }
        Map<String, Object> status = running.bean(LiveRoutes.class).status();
        return "%s %s %s".formatted(status.get("running"), status.get("state"), status.get("found_at"));
    }

    /** Waits until an edit has been looked at. */
    void awaitOtherThan(String status) {
        if (running != null) {
            await().atMost(PATIENCE).until(() -> !status().equals(status));
        }
    }

    /** Makes the routes what they are in the project. */
    void restore() throws IOException {
        String before = fingerprint();
        String status = status();
        try (Stream<Path> files = Files.walk(folder.resolve("routes"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!Files.exists(PROJECT.resolve(folder.relativize(file)))) {
                    Files.delete(file);
                }
            }
        }
        copy(PROJECT.resolve("routes"), folder.resolve("routes"));
        if (!fingerprint().equals(before)) {
            awaitOtherThan(status);
        }
    }

    @Override
    public void close() {
        logger().detachAppender(listener);
        if (running != null) {
            running.stop();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else if (!Files.exists(copy) || Files.mismatch(file, copy) >= 0) {
                    Files.writeString(copy, Files.readString(file));
                }
            }
        }
    }

    /** Java files that the project does not have. */
    private List<Path> newSources() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("src"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !Files.exists(PROJECT.resolve(folder.relativize(file))))
                    .sorted()
                    .toList();
        }
    }

    private ClassLoader compile(List<Path> sources) throws IOException {
        ClassLoader ours = DocumentGateway.class.getClassLoader();
        if (sources.isEmpty()) {
            return ours;
        }
        Path classes = Files.createDirectories(folder.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter faults = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            boolean done = compiler.getTask(
                            faults,
                            files,
                            null,
                            List.of(
                                    "-proc:none",
                                    "-parameters",
                                    "-classpath",
                                    System.getProperty(
                                            "surefire.test.class.path", System.getProperty("java.class.path")),
                                    "-d",
                                    classes.toString()),
                            null,
                            files.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertThat(done).as(faults.toString()).isTrue();
        }
        return new URLClassLoader(new URL[] {classes.toUri().toURL()}, ours);
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger("dev.patchbay");
    }

    /** Keeps what is logged, without time and thread. */
    private final class Listener extends AppenderBase<ILoggingEvent> {

        @Override
        protected void append(ILoggingEvent event) {
            log.add(event.getFormattedMessage());
        }
    }

    /** Writes twice. */
    private static final class Both extends OutputStream {

        private final OutputStream first;
        private final OutputStream second;

        Both(OutputStream first, OutputStream second) {
            this.first = first;
            this.second = second;
        }

        @Override
        public void write(int b) {
            try {
                first.write(b);
                second.write(b);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
