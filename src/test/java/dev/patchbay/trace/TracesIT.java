package dev.patchbay.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Tracer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Nobody waits for traces. */
class TracesIT {

    private static final Duration DELAY = Duration.ofMillis(100);
    private static final int SPANS = 50_000;

    @Test
    void aReceiverThatNeverAnswersHoldsNobodyUp() throws IOException {
        // The system takes connections for it, and nobody ever reads from them.
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            spansAreMadeAndClosed(silent.getLocalPort());
        }
    }

    @Test
    void aReceiverThatIsNotThereHoldsNobodyUp() throws IOException {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        spansAreMadeAndClosed(port);
    }

    private static void spansAreMadeAndClosed(int port) {
        Traces traces = new Traces(new TraceProperties(URI.create("http://127.0.0.1:" + port), null, null, 1, DELAY));
        Tracer tracer = traces.tracer();
        long begin = System.nanoTime();
        for (int i = 0; i < SPANS; i++) {
            tracer.spanBuilder("span").startSpan().end();
        }
        long made = System.nanoTime();
        traces.close();
        long closed = System.nanoTime();

        // Far more than fit into the queue; to wait for the receiver even once would take 5 s.
        assertThat(Duration.ofNanos(made - begin)).isLessThan(Duration.ofSeconds(4));
        assertThat(Duration.ofNanos(closed - made)).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void theReceiverIsNamedAsTheStandardSaysOrInFull() {
        assertThat(new TraceProperties(URI.create("http://collector:4318/"), null, null, 1, DELAY).tracesUrl())
                .hasToString("http://collector:4318/v1/traces");
        assertThat(new TraceProperties(URI.create("https://otlp.example.com/x/v1/traces"), null, null, 1, DELAY)
                        .tracesUrl())
                .hasToString("https://otlp.example.com/x/v1/traces");
        assertThat(new TraceProperties(null, "a=b+c, d = e%20f=", " ", 1, DELAY).headerValues())
                .containsEntry("a", "b+c")
                .containsEntry("d", "e f=")
                .hasSize(2);
    }
}
