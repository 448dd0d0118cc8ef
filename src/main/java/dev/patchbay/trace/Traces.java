package dev.patchbay.trace;

import dev.patchbay.media.AudioFirst;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Makes spans and delivers them in the background. Who makes one never waits: when the receiver is slow or away, spans wait
 * in a bounded queue, and what does not fit is dropped.
 */
final class Traces implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration POST = Duration.ofSeconds(5);
    /** Spans; a call makes about ten. */
    private static final int QUEUE = 4096;
    /** Of the gateway's end; what is not delivered by then is lost. */
    private static final Duration LAST = Duration.ofSeconds(2);

    private final ExecutorService sender = Executors.newSingleThreadExecutor(AudioFirst.threads("trace-sender-"));
    private final SdkTracerProvider provider;

    Traces(TraceProperties properties) {
        OtlpHttpSpanExporterBuilder otlp = OtlpHttpSpanExporter.builder()
                .setEndpoint(properties.tracesUrl().toString())
                .setConnectTimeout(CONNECT)
                .setTimeout(POST)
                .setCompression("gzip")
                .setExecutorService(sender);
        properties.headerValues().forEach(otlp::addHeader);
        String service = Objects.requireNonNull(properties.serviceName(), "serviceName");
        provider = SdkTracerProvider.builder()
                .setResource(Resource.getDefault().toBuilder()
                        .put(AttributeKey.stringKey("service.name"), service)
                        .build())
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(properties.ratio())))
                .setSpanLimits(
                        SpanLimits.builder().setMaxAttributeValueLength(200).build())
                .addSpanProcessor(new InheritedCall())
                .addSpanProcessor(BatchSpanProcessor.builder(new ReportedExport(
                                otlp.build(), properties.tracesUrl().getAuthority(), System::nanoTime))
                        .setScheduleDelay(properties.delay())
                        .setMaxQueueSize(QUEUE)
                        .setExporterTimeout(POST)
                        .build())
                .build();
    }

    Tracer tracer() {
        return provider.get("dev.patchbay");
    }

    /** Delivers what waits, for a short time. */
    @Override
    public void close() {
        provider.shutdown().join(LAST.toMillis(), TimeUnit.MILLISECONDS);
        sender.shutdownNow();
    }
}
