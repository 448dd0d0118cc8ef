package dev.patchbay.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Spans belong to exchanges, and exchanges change threads. */
class RouteTracerTest {

    private final List<SpanData> spans = new CopyOnWriteArrayList<>();
    private final ExecutorService elsewhere = Executors.newSingleThreadExecutor();
    private final CompletableFuture<Context> leftElsewhere = new CompletableFuture<>();
    private final SdkTracerProvider sdk = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(new Kept()))
            .build();
    private final DefaultCamelContext context = new DefaultCamelContext();

    /** A server that takes its time: its producer returns at once, and goes on with the exchange on a thread of its own. */
    private final class Elsewhere extends DefaultComponent {
        @Override
        protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
            parameters.clear(); // whatever they are
            return new DefaultEndpoint(uri, this) {
                @Override
                public Producer createProducer() {
                    return new DefaultAsyncProducer(this) {
                        @Override
                        public boolean process(Exchange exchange, AsyncCallback done) {
                            exchange.setVariable("sender", nameOf(Span.current()));
                            elsewhere.execute(() -> {
                                done.done(false);
                                leftElsewhere.complete(Context.current());
                            });
                            return false;
                        }
                    };
                }

                @Override
                public Consumer createConsumer(Processor processor) {
                    throw new UnsupportedOperationException();
                }
            };
        }
    }

    private final class Kept implements SpanExporter {
        @Override
        public CompletableResultCode export(Collection<SpanData> ended) {
            spans.addAll(ended);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    @BeforeEach
    void start() throws Exception {
        context.getRegistry().bind("tracer", sdk.get("test"));
        context.addComponent("elsewhere", new Elsewhere());
        RouteTracer.follow(context);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:first")
                        .routeId("first")
                        .to("direct:second")
                        .process(exchange -> exchange.setVariable("after", nameOf(Span.current())));
                from("direct:second")
                        .routeId("second")
                        .to("elsewhere:server?key=secret")
                        .id("second-ask")
                        .process(exchange -> exchange.setVariable("within", nameOf(Span.current())))
                        .to("direct:third");
                from("direct:third")
                        .routeId("third")
                        .threads(1)
                        .process(exchange -> exchange.setVariable("third", nameOf(Span.current())));
                from("direct:many")
                        .routeId("many")
                        .multicast()
                        .parallelProcessing()
                        .to("direct:one", "direct:two")
                        .end()
                        .wireTap("direct:tapped");
                from("direct:one").routeId("one").log("one");
                from("direct:two").routeId("two").log("two");
                from("direct:tapped").routeId("tapped").log("tapped");
                from("direct:broken").routeId("broken").to("direct:fails").to("direct:one");
                from("direct:fails").routeId("fails").throwException(new IllegalStateException("to +14155550123"));
            }
        });
        context.start();
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
        sdk.close();
        elsewhere.shutdownNow();
    }

    private static String nameOf(Span span) {
        return ((ReadableSpan) span).getName();
    }

    private List<String> ways() {
        Map<String, SpanData> byId = spans.stream().collect(Collectors.toMap(SpanData::getSpanId, Function.identity()));
        return spans.stream()
                .map(span -> {
                    List<String> way = new ArrayList<>();
                    for (SpanData each = span; each != null; each = byId.get(each.getParentSpanId())) {
                        way.add(0, each.getName());
                    }
                    return String.join(" ", way);
                })
                .toList();
    }

    @Test
    void aStepThatGoesOnElsewhereIsInItsExchangesSpanAndLeavesNoneBehind() throws Exception {
        Exchange done = context.createProducerTemplate().send("direct:first", exchange -> {});

        assertThat(done.getException()).isNull();
        assertThat(ways())
                .containsExactlyInAnyOrder("first", "first second", "first second second-ask", "first second third");
        assertThat(done.getVariable("sender")).isEqualTo("second-ask");
        assertThat(done.getVariable("within")).isEqualTo("second");
        assertThat(done.getVariable("third")).isEqualTo("third");
        assertThat(done.getVariable("after")).isEqualTo("first");
        assertThat(Context.current()).as("of whoever sent it").isEqualTo(Context.root());
        assertThat(leftElsewhere.get(10, TimeUnit.SECONDS))
                .as("of the server's thread")
                .isEqualTo(Context.root());
        assertThat(spans.toString()).doesNotContain("secret");
    }

    @Test
    void copiesGoOnInTheSpanOfTheirRoute() {
        context.createProducerTemplate().send("direct:many", exchange -> {});

        Awaitility.await().untilAsserted(() -> assertThat(ways())
                .containsExactlyInAnyOrder("many", "many one", "many two", "many tapped"));
        assertThat(Context.current()).isEqualTo(Context.root());
    }

    @Test
    void whatFailsIsEndedAndToldByItsKind() {
        assertThatThrownBy(() -> context.createProducerTemplate().sendBody("direct:broken", ""))
                .hasRootCauseMessage("to +14155550123");

        assertThat(ways()).containsExactly("broken fails", "broken");
        assertThat(spans)
                .allSatisfy(span ->
                        assertThat(span.getAttributes().asMap().toString()).contains("IllegalStateException"));
        assertThat(spans.toString()).doesNotContain("4155550123");
        assertThat(Context.current()).isEqualTo(Context.root());
    }

    @Test
    void whatIsSentInsideOfATraceIsPartOfIt() {
        Span outer = sdk.get("test").spanBuilder("outer").startSpan();
        try (var during = outer.makeCurrent()) {
            context.createProducerTemplate().send("direct:one", exchange -> {});
            assertThat(Span.current()).isSameAs(outer);
        } finally {
            outer.end();
        }

        assertThat(ways()).contains("outer one");
    }
}
