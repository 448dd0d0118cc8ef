package dev.patchbay.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.store.CustomerContexts;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code api-customer-*}: a customer's life over HTTP, and what an agent is told of it. */
class ApiCustomerRoutesIT {

    private static final String ASHA = """
            {"phone": "+1 (415) 555-0123", "name": "Asha", "due_date": "2025-02-01", "emi_eligible": true,
             "total_enr_amount": 1234.5, "visits": 3, "address": {"city": "Pune"}, "nothing": null}""";

    private static RouteScene scene;

    @BeforeAll
    static void start(@TempDir Path dir) throws Exception {
        scene = new RouteScene(
                        dir,
                        "api-customer-list",
                        "api-customer-get",
                        "api-customer-create",
                        "api-customer-update",
                        "api-customer-delete",
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
    void aCustomersLife() throws Exception {
        HttpResponse<String> created = send("POST", "/customers", ASHA);

        assertThat(created.statusCode()).isEqualTo(201);
        JsonObject asha = new JsonObject(created.body());
        String path = "/customers/" + asha.getString("id");
        assertThat(created.headers().firstValue("Location")).hasValue(path);
        assertThat(asha.fieldNames())
                .containsExactly(
                        "id",
                        "phone",
                        "name",
                        "customer_id",
                        "due_date",
                        "total_enr_amount",
                        "emi_eligible",
                        "visits",
                        "address");
        assertThat(asha.getString("phone")).isEqualTo("+14155550123");
        assertThat(json(scene.get(path))).isEqualTo(asha);
        assertThat(scene.bean(CustomerContexts.class).contextOf("+14155550123"))
                .containsAllEntriesOf(Map.of("name", "Asha", "emi_eligible", true, "visits", 3))
                .doesNotContainKeys("address", "nothing", "customer_id", "_revision");

        HttpResponse<String> taken = send("POST", "/customers", "{\"phone\": \"+14155550123\"}");
        assertThat(taken.statusCode()).isEqualTo(409);
        assertThat(taken.body()).contains("phone").doesNotContain("0123");

        JsonObject patched = json(send("PATCH", path, "{\"phone\": \"+14155550199\", \"visits\": 4}"));
        assertThat(patched).isEqualTo(asha.copy().put("phone", "+14155550199").put("visits", 4));
        assertThat(send("POST", "/customers", "{\"phone\": \"+14155550123\"}").statusCode())
                .isEqualTo(201);
        JsonObject put = json(send("PUT", path, "{\"phone\": \"+14155550199\"}"));
        assertThat(put.getValue("name")).isNull();
        assertThat(put.containsKey("visits")).isFalse();

        assertThat(send("DELETE", path, "").statusCode()).isEqualTo(204);
        assertThat(scene.get(path).statusCode()).isEqualTo(404);
        assertThat(json(scene.get("/customers?limit=1")).getJsonArray("customers"))
                .hasSize(1);
    }

    @Test
    void whatIsWrongIsNamed() throws Exception {
        assertThat(detail(send("POST", "/customers", "{\"name\": \"x\"}"))).startsWith("phone");
        assertThat(detail(send("POST", "/customers", "{\"phone\": \"0123\"}"))).startsWith("phone");
        assertThat(detail(send("POST", "/customers", "{\"phone\": \"+14155550111\", \"emi_eligible\": \"x\"}")))
                .startsWith("emi_eligible");
        assertThat(detail(send("POST", "/customers", "7"))).startsWith("body");
    }

    private static String detail(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(400);
        return new JsonObject(answer.body()).getString("detail");
    }

    private static HttpResponse<String> send(String method, String path, String body) throws Exception {
        return scene.request(method, path, "application/json", body);
    }

    private static JsonObject json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        return new JsonObject(answer.body());
    }
}
