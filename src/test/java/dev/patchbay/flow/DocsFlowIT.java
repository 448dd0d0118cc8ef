package dev.patchbay.flow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What README and the documents in {@code docs/} say works: {@link DocumentRun} does it, and compares what they show. */
class DocsFlowIT {

    private static final Path README = Path.of("README.md");
    /** It starts the gateway again. */
    private static final Path LAST = Path.of("docs/adding-a-provider.md");

    private static DocumentGateway gateway;
    private static CompletableFuture<Void> readme;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        gateway = new DocumentGateway(folder);
        gateway.start();
        // It edits nothing, and some of its calls take their time: the other documents need not wait for it.
        readme = CompletableFuture.runAsync(() -> run(README));
    }

    @AfterAll
    static void close() {
        gateway.close();
    }

    @TestFactory
    Stream<DynamicTest> everyDocumentDoesWhatItSays() throws Exception {
        List<DynamicTest> others;
        try (Stream<Path> files = Files.list(Path.of("docs"))) {
            others = files.filter(file -> file.toString().endsWith(".md") && !file.equals(LAST))
                    .sorted()
                    .map(DocsFlowIT::test)
                    .toList();
        }
        return Stream.concat(
                others.stream(),
                Stream.of(
                        DynamicTest.dynamicTest(README.toString(), () -> readme.get(60, TimeUnit.SECONDS)),
                        test(LAST)));
    }

    private static DynamicTest test(Path document) {
        return DynamicTest.dynamicTest(document.toString(), () -> {
            gateway.restore();
            run(document);
        });
    }

    private static void run(Path document) {
        try {
            new DocumentRun(gateway).run(Document.read(document));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(document.toString(), e);
        }
    }
}
