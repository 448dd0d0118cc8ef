package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.http.RawHttp;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The document of the API as its readers meet it, and the requests that it judges before any route sees them. */
class ApiDocumentFlowIT {

    private final RunningGateway gateway = RunningGateway.shared();

    @Test
    void theDocumentIsOpenToAll() throws Exception {
        HttpResponse<String> answer = gateway.get("/openapi.json", "X-Forwarded-For", "203.0.113.9");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        JsonObject document = new JsonObject(answer.body());
        assertThat(document.getString("openapi")).startsWith("3.1.");
        assertThat(document.getJsonObject("paths").fieldNames()).contains("/calls/{id}", "/sessions/with-config");
        assertThat(answer.body()).as("notes of the library").doesNotContain("__absolute_uri__");
    }

    @ParameterizedTest
    @CsvSource({
        "/docs, text/html",
        "/docs/start.js, text/javascript",
        "/docs/swagger-ui.css, text/css",
        "/docs/swagger-ui-bundle.js, text/javascript",
    })
    void thePageIsOpenToAllAndNeedsNothingFromElsewhere(String path, String type) throws Exception {
        HttpResponse<String> answer = gateway.get(path, "X-Forwarded-For", "203.0.113.9");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith(type);
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "http");
        if (path.equals("/docs")) {
            assertThat(answer.body())
                    .doesNotContain("://", "<script>", "style=")
                    .contains("/docs/swagger-ui-bundle.js", "/docs/swagger-ui.css", "/docs/start.js");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs/index.htm", "/docs/swagger-ui.js", "/docs/..%2Fapplication.yaml", "/docs/a/b"})
    void nothingElseIsServedBesideThePage(String path) throws Exception {
        assertThat(gateway.get(path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/twilio/sms/send | {\"to\":\"+12025551234\"} | message is missing",
                "/sessions | {\"provider\":\"daily\",\"room_config\":[]} | room_config must be an object",
                "/calls | '' | body is missing",
                "/calls | {\"to\": | The body is not JSON: line 1",
            })
    void aRequestThatTheDocumentDoesNotAllowNamesItsField(String path, String body, String detail) throws Exception {
        HttpResponse<String> answer = post(path, body, "application/json");

        assertProblem(answer, 400, detail);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/calls?limit=many | limit must be a whole number",
                "/calls?limit=0 | limit must be 1 or more",
                "/calls?limit=201 | limit must be 200 or less",
                "/calls?limit=5&limit=x | limit must be a whole number",
                "/calls/nobody/events?limit=1.5 | limit must be a whole number",
            })
    void parametersAreJudgedToo(String path, String detail) throws Exception {
        assertProblem(gateway.get(path), 400, detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/calls", "/calls?limit=", "/calls?limit=%205%20", "/calls?limit=200&colour=blue"})
    void whatTheRoutesToleratePassesAsBefore(String path) throws Exception {
        assertThat(gateway.get(path).statusCode()).isEqualTo(200);
    }

    @Test
    void aBrokenEscapeIsTheCallersFault() throws Exception {
        RawHttp.Answer answer = RawHttp.send(gateway.port, "", "GET /calls?limit=%zz HTTP/1.1", "Host: localhost");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).containsIgnoringCase("content-type: application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({
        "/calls/%2B14155550123, No call +14155550123",
        "/calls/a%20b, No call a b",
        "/calls/a%2Fb, No call a/b",
        "/calls/+1, No call +1",
    })
    void pathParametersAreDecodedOnce(String path, String detail) throws Exception {
        assertProblem(gateway.get(path), 404, detail);
    }

    @Test
    void whoHasNoKeyLearnsNothingAboutTheBody() throws Exception {
        HttpResponse<String> tunnelled = HttpClient.newHttpClient()
                .send(
                        request("/sessions", "{}", "application/json")
                                .header("X-Forwarded-For", "203.0.113.9")
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertProblem(tunnelled, 401, "PATCHBAY_API_KEYS");
    }

    @Test
    void aBodyOfAnotherTypeIsRefusedAsTheDocumentSays() throws Exception {
        assertProblem(post("/sessions", "provider=daily", "text/plain"), 415, "application/json");
        assertProblem(post("/customers/import", "{}", "application/json"), 415, "text/csv");
    }

    @Test
    void aLargeBodyIsJudgedToo() throws Exception {
        String large = "{\"to\":\"+12025551234\",\"text\":\"%s\"}".formatted("x".repeat(500_000));

        assertProblem(post("/twilio/sms/send", large, "application/json"), 400, "message is missing");
    }

    @Test
    void whatProvidersPostIsJudgedByItsSignatureOnly() throws Exception {
        HttpResponse<String> unsigned = gateway.postForm("/webhooks/twilio", "Anything=goes");

        assertProblem(unsigned, 403, "X-Twilio-Signature");
    }

    private HttpResponse<String> post(String path, String body, String type) throws Exception {
        return HttpClient.newHttpClient().send(request(path, body, type).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String body, String type) {
        return HttpRequest.newBuilder(URI.create(gateway.origin() + path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String detail) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(new JsonObject(answer.body()).getString("detail")).contains(detail);
    }
}
