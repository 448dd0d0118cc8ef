package dev.patchbay.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.store.CustomerStore;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code api-customer-import}: a file over HTTP, larger than what other entries take. */
class ApiCustomerImportRouteIT {

    private static RouteScene scene;

    @BeforeAll
    static void start(@TempDir Path dir) throws Exception {
        scene = new RouteScene(
                        dir,
                        "api-customer-import",
                        "api-customer-create",
                        "api-customer-list",
                        "error-default",
                        "error-api")
                .withCalls()
                .start();
    }

    @AfterAll
    static void close() throws Exception {
        scene.close();
    }

    @Test
    void aFileOverAMebibyteIsReadAndReported() throws Exception {
        StringBuilder file = new StringBuilder("phone,name,note\r\n");
        for (int i = 0; i < 1_200; i++) {
            file.append("+1416%07d,Name %d,\"%s\"\r\n".formatted(i, i, "n, ".repeat(400)));
        }
        file.append("nobody,x,y\r\n");
        assertThat(file.length()).isGreaterThan(1 << 20);

        HttpResponse<String> answer =
                scene.request("POST", "/customers/import", "text/csv; charset=utf-8", file.toString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        JsonObject report = new JsonObject(answer.body());
        assertThat(report.fieldNames()).containsExactly("imported", "updated", "failed", "errors");
        assertThat(report.getInteger("imported")).isEqualTo(1_200);
        assertThat(report.getJsonArray("errors").getJsonObject(0).getInteger("line"))
                .isEqualTo(1_202);
        assertThat(scene.bean(CustomerStore.class).findByPhone("+14160001199"))
                .hasValueSatisfying(customer -> assertThat(customer).containsEntry("name", "Name 1199"));
    }

    @Test
    void twentyThousandLinesTakeLessThanAMinute() throws Exception {
        StringBuilder file = new StringBuilder("phone,name,customer_id,due_date,total_enr_amount,emi_eligible\n");
        for (int i = 0; i < 20_000; i++) {
            file.append("+1646%07d,Name %d,C-%d,2026-12-01,%d.50,yes\n".formatted(i, i, i, i));
        }
        long begin = System.nanoTime();

        HttpResponse<String> answer = scene.request("POST", "/customers/import", "text/csv", file.toString());

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(60));
        assertThat(answer.body()).isEqualTo("{\"imported\":20000,\"updated\":0,\"failed\":0,\"errors\":[]}");
    }

    @Test
    void otherContentIsRefusedAndTheConnectionStaysGood() throws Exception {
        assertThat(scene.request("POST", "/customers/import", "application/json", "{}")
                        .statusCode())
                .isEqualTo(415);
        assertThat(scene.request("POST", "/customers/import", null, "").statusCode())
                .isEqualTo(415);
        for (int i = 0; i < 3; i++) {
            assertThat(scene.request("POST", "/customers", "text/csv", "phone\n".repeat(50_000))
                            .statusCode())
                    .isEqualTo(415);
            assertThat(scene.request("POST", "/nothing", "text/csv", "phone\n".repeat(50_000))
                            .statusCode())
                    .isEqualTo(404);
        }
        assertThat(scene.get("/customers").statusCode()).isEqualTo(200);
    }

    @Test
    void aFileThatNamesNoFieldsIsAProblem() throws Exception {
        HttpResponse<String> answer = scene.request("POST", "/customers/import", "text/csv", "name\nAda\n");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(answer.body()).getString("detail")).startsWith("phone");
        assertThat(scene.request("POST", "/customers/import", "text/csv", "").statusCode())
                .isEqualTo(400);
    }

    @Test
    void aFileWithoutEndIsRefused() throws Exception {
        HttpRequest declared = HttpRequest.newBuilder(uri())
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(new byte[33 << 20]), 33 << 20))
                .build();
        HttpRequest chunked = HttpRequest.newBuilder(uri())
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofInputStream(ApiCustomerImportRouteIT::tooMuch))
                .build();
        for (HttpRequest request : new HttpRequest[] {declared, chunked}) {
            HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(new JsonObject(answer.body()).getString("detail")).contains("32 MiB", "0 lines");
        }
    }

    @Test
    void aSenderWhoBreaksOffHoldsNoThread() throws Exception {
        for (int i = 0; i < 30; i++) {
            try (Socket socket = new Socket("127.0.0.1", uri().getPort())) {
                OutputStream out = socket.getOutputStream();
                out.write(("POST /customers/import HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\n"
                                + "Content-Length: 1000\r\n\r\nphone,name\n+1417000%04d,x\n".formatted(i))
                        .getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }
        }
        // There are 20 threads here: were the readers of the requests above still waiting, this one would find none.
        assertThat(scene.request("POST", "/customers/import", "text/csv", "phone\n+14180000000\n")
                        .statusCode())
                .isEqualTo(200);
    }

    private static URI uri() throws Exception {
        scene.get("/customers");
        return scene.address("/customers/import");
    }

    /** 40 MiB of lines that are too short. */
    private static InputStream tooMuch() {
        byte[] lines = new byte[40 << 20];
        Arrays.fill(lines, (byte) '\n');
        System.arraycopy("phone,name\n".getBytes(StandardCharsets.US_ASCII), 0, lines, 0, 11);
        return new ByteArrayInputStream(lines);
    }
}
