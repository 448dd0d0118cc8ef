package dev.patchbay.trace;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Collection;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers spans, and says once a minute at most how many could not be delivered, and once that they are again. */
final class ReportedExport implements SpanExporter {

    private static final Logger LOG = LoggerFactory.getLogger(ReportedExport.class);
    private static final long BETWEEN = Duration.ofMinutes(1).toNanos();

    private final SpanExporter exporter;
    private final String receiver;
    private final LongSupplier nanos;
    private long lost;
    /** When it was last said that spans are lost; null: never. */
    private @Nullable Long toldAt;

    private boolean told;

    /**
     * @param receiver as it is named in the log
     * @param nanos a clock that only goes forward
     */
    ReportedExport(SpanExporter exporter, String receiver, LongSupplier nanos) {
        this.exporter = exporter;
        this.receiver = receiver;
        this.nanos = nanos;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        int count = spans.size();
        CompletableResultCode result = exporter.export(spans);
        result.whenComplete(() -> {
            if (result.isSuccess()) {
                delivered();
            } else {
                lost(count, result.getFailureThrowable());
            }
        });
        return result;
    }

    private synchronized void delivered() {
        if (told) {
            told = false;
            LOG.info("Traces are delivered to {} again; {} more spans were lost", receiver, lost);
            lost = 0;
        }
    }

    private synchronized void lost(int count, @Nullable Throwable failure) {
        lost += count;
        long now = nanos.getAsLong();
        if (toldAt == null || now - toldAt >= BETWEEN) {
            LOG.warn("Traces cannot be delivered to {}, {} spans are lost: {}", receiver, lost, reason(failure));
            told = true;
            toldAt = now;
            lost = 0;
        }
    }

    private static String reason(@Nullable Throwable failure) {
        Throwable root = failure;
        while (root != null && root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root == null ? "refused" : root.toString();
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
