package dev.patchbay.route;

import static dev.patchbay.route.LiveScene.GREET;
import static dev.patchbay.route.LiveScene.answering;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.management.ObjectName;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What hawtio and Prometheus read of a route goes on when the routes are edited. */
class RouteCountersIT {

    @TempDir
    private Path folder;

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private LiveScene scene;

    @BeforeEach
    void open() throws Exception {
        scene = new LiveScene(folder);
    }

    @AfterEach
    void close() throws Exception {
        scene.close();
    }

    @Test
    void countsAndTimesGoOn() throws Exception {
        scene.start(true);
        for (int i = 0; i < 5; i++) {
            scene.greeting();
        }
        assertThat(attribute("greet", "ExchangesTotal")).isEqualTo(5L);
        Object first = attribute("greet", "FirstExchangeCompletedTimestamp");

        for (int i = 0; i < 3; i++) {
            scene.write(GREET, answering("greet", "number-" + i)).save();
            scene.greeting();
        }

        assertThat(attribute("greet", "ExchangesTotal")).isEqualTo(8L);
        assertThat(attribute("greet", "ExchangesCompleted")).isEqualTo(8L);
        assertThat(attribute("greet", "ExchangesFailed")).isEqualTo(0L);
        assertThat(attribute("greet", "FirstExchangeCompletedTimestamp")).isEqualTo(first);
        assertThat(operation("greet", "dumpStatsAsXml", false)).asString().contains("exchangesTotal=\"8\"");
        assertThat(attribute("", "ExchangesTotal")).as("of all routes together").isEqualTo(8L);
    }

    @Test
    void whatEndsAfterTheFlipIsCountedToo() throws Exception {
        scene.with("gate", this).write(GREET, """
                        - route:
                            id: greet
                            description: Takes its time
                            from:
                              uri: direct:greet
                              steps:
                                - setBody:
                                    method:
                                      ref: gate
                                      method: pass
                        """).start(true);
        CompletableFuture<HttpResponse<String>> slow = HttpClient.newHttpClient()
                .sendAsync(HttpRequest.newBuilder(scene.uri("/hello")).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        scene.write("operation/other.camel.yaml", answering("other", "x")).save();
        scene.write("operation/other.camel.yaml", answering("other", "y")).save();
        assertThat(attribute("greet", "ExchangesTotal")).isEqualTo(0L);
        goOn.countDown();
        slow.get(10, TimeUnit.SECONDS);

        Awaitility.await().untilAsserted(() -> assertThat(attribute("greet", "ExchangesTotal"))
                .isEqualTo(1L));
    }

    /** For the route. */
    public String pass() throws InterruptedException {
        begun.countDown();
        goOn.await();
        return "passed";
    }

    private Object attribute(String route, String name) throws Exception {
        return ManagementFactory.getPlatformMBeanServer().getAttribute(name(route), name);
    }

    private Object operation(String route, String name, boolean argument) throws Exception {
        return ManagementFactory.getPlatformMBeanServer()
                .invoke(name(route), name, new Object[] {argument}, new String[] {"boolean"});
    }

    private ObjectName name(String route) throws Exception {
        String rest = route.isEmpty()
                ? "type=context,name=\"routes-" + scene.generation() + "\""
                : "type=routes,name=\"" + route + "\"";
        return new ObjectName("org.apache.camel:context=" + scene.managementName() + "," + rest);
    }
}
