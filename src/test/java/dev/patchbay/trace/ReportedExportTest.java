package dev.patchbay.trace;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A receiver that is away is a line a minute. */
class ReportedExportTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(ReportedExport.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final AtomicLong now = new AtomicLong(-5);
    private CompletableResultCode answer = CompletableResultCode.ofSuccess();

    private final ReportedExport export = new ReportedExport(
            new SpanExporter() {
                @Override
                public CompletableResultCode export(Collection<SpanData> spans) {
                    return answer;
                }

                @Override
                public CompletableResultCode flush() {
                    return CompletableResultCode.ofSuccess();
                }

                @Override
                public CompletableResultCode shutdown() {
                    return CompletableResultCode.ofSuccess();
                }
            },
            "collector:4318",
            now::get);

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(log);
    }

    private void export(int spans) {
        export.export(Collections.nCopies(spans, null));
    }

    private List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void whatIsLostIsSaidOnceAMinuteAndItsReturnOnce() {
        export(7);
        assertThat(lines()).isEmpty();

        answer = CompletableResultCode.ofExceptionalFailure(new IOException("refused"));
        export(1);
        export(2);
        now.addAndGet(Duration.ofSeconds(59).toNanos());
        export(3);
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        export(4);
        export(5);
        answer = CompletableResultCode.ofSuccess();
        export(6);
        export(7);

        assertThat(lines())
                .containsExactly(
                        "Traces cannot be delivered to collector:4318, 1 spans are lost: java.io.IOException: refused",
                        "Traces cannot be delivered to collector:4318, 9 spans are lost: java.io.IOException: refused",
                        "Traces are delivered to collector:4318 again; 5 more spans were lost");
    }

    @Test
    void aReceiverThatComesAndGoesIsNoMoreThanALineAMinuteEither() {
        for (int i = 0; i < 10; i++) {
            answer = CompletableResultCode.ofFailure();
            export(1);
            answer = CompletableResultCode.ofSuccess();
            export(1);
        }

        assertThat(lines()).hasSize(2);
        assertThat(lines().get(0)).endsWith("1 spans are lost: refused");
    }
}
