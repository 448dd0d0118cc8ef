package dev.patchbay.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.patchbay.http.OperationsProperties;
import dev.patchbay.http.RawHttp;
import dev.patchbay.http.RawHttp.Answer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.mongo.MongoAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The operations plane over real sockets: {@code open} has no user, {@code guarded} has one. */
class OperationsPlaneIT {

    @Configuration
    @EnableAutoConfiguration(exclude = MongoAutoConfiguration.class)
    @EnableConfigurationProperties(OperationsProperties.class)
    @Import({OperationsSecurityConfiguration.class, Page.class})
    static class OperationsPlane {}

    @RestController
    static class Page {
        @PostMapping("/sandbox/echo")
        String post() {
            return "posted";
        }
    }

    private static final String GC = "{\"type\":\"exec\",\"mbean\":\"java.lang:type=Memory\",\"operation\":\"gc\"}";

    private static ConfigurableApplicationContext openContext;
    private static ConfigurableApplicationContext guardedContext;
    private static int open;
    private static int guarded;

    @BeforeAll
    static void start() {
        openContext = run("server.port=0");
        guardedContext = run("server.port=0", "patchbay.operations.user=ops", "patchbay.operations.password=p:ss wörd");
        open = port(openContext);
        guarded = port(guardedContext);
    }

    @AfterAll
    static void stop() {
        openContext.close();
        guardedContext.close();
    }

    private static ConfigurableApplicationContext run(String... properties) {
        return new SpringApplicationBuilder(OperationsPlane.class)
                .properties("spring.config.import=optional:file:target/no.env")
                .run(Arrays.stream(properties).map(set -> "--" + set).toArray(String[]::new));
    }

    private static int port(ConfigurableApplicationContext context) {
        return ((ServletWebServerApplicationContext) context).getWebServer().getPort();
    }

    @ParameterizedTest
    @CsvSource({
        "/actuator/health, UP",
        "/actuator/info, {",
        "/actuator/metrics, jvm.memory.used",
        "/actuator/prometheus, jvm_memory_used_bytes",
        "/actuator/hawtio/, Hawtio",
        "/actuator/jolokia/, protocol",
        "/actuator/jolokia/list/org.apache.camel, type=context",
        "/actuator/hawtio/jolokia/search/org.apache.camel:*, type=context",
    })
    void onLoopbackItIsOpenToThisMachine(String path, String content) throws IOException {
        Answer answer = RawHttp.send(open, "", "GET " + path + " HTTP/1.1", "Host: localhost:" + open);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains(content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/env", "/actuator/configprops", "/actuator/heapdump", "/actuator/beans"})
    void whatTellsSecretsIsNotThere(String path) throws IOException {
        assertThat(RawHttp.send(open, "", "GET " + path + " HTTP/1.1", "Host: localhost")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void healthAsksNobody() throws IOException {
        assertThat(RawHttp.send(open, "", "GET /actuator/health HTTP/1.1", "Host: localhost")
                        .text())
                .doesNotContain("mongo", "DOWN");
        assertThat(openContext.getBeanNamesForType(HealthIndicator.class))
                .containsExactlyInAnyOrder(
                        "pingHealthContributor",
                        "camelHealth",
                        "camelLivenessStateHealthIndicator",
                        "camelReadinessStateHealthIndicator");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host: ops.example.com", "Host: localhost.example.com:8081", "Host: 192.0.2.1", "Host:"})
    void whileItIsOpenAnotherHostIsRefused(String host) throws IOException {
        for (String path : new String[] {"/actuator/health", "/actuator/hawtio/", "/actuator/jolokia/", "/nothing"}) {
            assertThat(RawHttp.send(open, "", "GET " + path + " HTTP/1.1", host).status())
                    .isIn(400, 403);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: https://evil.example",
                "Origin: http://localhost:1",
                "Origin: http://localhost",
                "Origin: null",
                "Origin:",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: navigate"
            })
    void aPageOfAnotherOriginCannotPost(String headers) throws IOException {
        assertThat(post(open, "/sandbox/echo", "", headers).status()).isEqualTo(403);
        assertThat(post(open, "/actuator/jolokia/", GC, headers).status()).isEqualTo(403);
        assertThat(post(guarded, "/sandbox/echo", "", headers + "|" + basic("ops:p:ss wörd"))
                        .status())
                .as("the browser's stored login does not help")
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Accept: */*", "Origin: http://LOCALHOST:%d", "Sec-Fetch-Site: same-origin"})
    void curlAndOwnPagesMayPost(String header) throws IOException {
        assertThat(post(open, "/sandbox/echo", "", header.formatted(open)).text())
                .endsWith("posted");
        assertThat(post(open, "/actuator/jolokia/", GC, header.formatted(open)).text())
                .contains("\"status\":200", "\"operation\":\"gc\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/jolokia/exec/java.lang:type=Memory/gc",
                "/actuator/hawtio/jolokia/exec/java.lang:type=Memory/gc",
                "/actuator/jolokia/write/java.lang:type=Memory/Verbose/true",
                "/actuator/jolokia?p=exec/java.lang:type=Memory/gc",
                "/actuator/jolokia/?p=exec/java.lang:type=Memory/gc",
                "/actuator/jolokia/read?%70=exec/java.lang:type=Memory/gc",
                "/actuator/jolokia/%65xec/java.lang:type=Memory/gc"
            })
    void aLinkRunsNoOperation(String path) throws IOException {
        assertThat(RawHttp.send(open, "", "GET " + path + " HTTP/1.1", "Host: localhost")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aLinkFromElsewhereOpensAPageButNoJolokia() throws IOException {
        assertThat(linked("/actuator/hawtio/").status()).isEqualTo(200);
        assertThat(linked("/actuator/jolokia/list").status()).isEqualTo(403);
    }

    private static Answer linked(String path) throws IOException {
        return RawHttp.send(
                open,
                "",
                "GET " + path + " HTTP/1.1",
                "Host: localhost",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Mode: navigate");
    }

    @Test
    void jolokiaDialsNoOtherProcess() throws IOException {
        try (ServerSocket target = new ServerSocket(0)) {
            String url = "service:jmx:rmi:///jndi/rmi://127.0.0.1:" + target.getLocalPort() + "/jmxrmi";
            Answer answer = post(
                    open,
                    "/actuator/jolokia/",
                    "{\"type\":\"read\",\"mbean\":\"java.lang:type=Memory\",\"target\":{\"url\":\"" + url + "\"}}",
                    "Accept: */*");
            target.setSoTimeout(1);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(catchThrowable(target::accept)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/hawtio/", "/actuator/jolokia/", "/sandbox/echo", "/nothing"})
    void withAUserEverythingNeedsTheLogin(String path) throws IOException {
        for (String header : new String[] {
            "Accept: */*",
            basic("ops:wrong"),
            basic("root:p:ss wörd"),
            basic("ops"),
            basic(":"),
            "Authorization: Basic x"
        }) {
            Answer answer = RawHttp.send(guarded, "", "GET " + path + " HTTP/1.1", "Host: localhost", header);
            assertThat(answer.status()).as(header).isEqualTo(401);
            assertThat(answer.text()).containsIgnoringCase("www-authenticate: Basic");
        }
    }

    @Test
    void theLoginOpensItUnderAnyHost() throws IOException {
        for (String path : new String[] {"/actuator/health", "/actuator/hawtio/", "/actuator/jolokia/"}) {
            assertThat(RawHttp.send(
                                    guarded,
                                    "",
                                    "GET " + path + " HTTP/1.1",
                                    "Host: ops.example.com",
                                    basic("ops:p:ss wörd"))
                            .status())
                    .isEqualTo(200);
        }
    }

    private static Answer post(int port, String path, String body, String headers) throws IOException {
        String head = "POST " + path + " HTTP/1.1|Host: localhost:" + port + "|Content-Type: application/json"
                + "|Content-Length: " + body.length() + "|" + headers;
        return RawHttp.send(port, body, head.split("\\|"));
    }

    private static String basic(String login) {
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }
}
