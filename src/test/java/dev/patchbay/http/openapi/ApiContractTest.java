package dev.patchbay.http.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The document in {@code routes/api/openapi.yaml}: its examples, the seeds' bodies, and the words for what is wrong. */
class ApiContractTest {

    private static final Path SEEDS = Path.of("../shared/seeds");
    private static final Pattern CURL =
            Pattern.compile("curl -X POST http://[^/]+(/\\S+)(?:(?!curl ).)*?-d '(\\{.*?\\n?})'", Pattern.DOTALL);
    private static final Pattern DOCUMENTED_BODY =
            Pattern.compile("`POST (/\\S+)`\\s+\\*\\*Request Body\\*\\*:\\s+```json\\s(.*?)```", Pattern.DOTALL);
    private static final Pattern DOCUMENTED_ANSWER = Pattern.compile(
            "`(GET|POST) (/\\S+?)`(?:(?!### ).)*?\\*\\*Response\\*\\*:\\s+```json\\s(.*?)```", Pattern.DOTALL);

    private static final ApiDocument DOCUMENT = ApiDocument.read(Path.of("routes/api/openapi.yaml"));

    private static Vertx vertx;
    private static ApiContract contract;

    @BeforeAll
    static void read() {
        vertx = Vertx.vertx();
        contract = ApiContract.of(DOCUMENT, vertx);
    }

    @AfterAll
    static void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void operationsHaveIdsOfTheirOwnAndSayWhatPathParametersAre() {
        List<String> ids = new ArrayList<>();
        DOCUMENT.json().getJsonObject("paths").forEach(path -> {
            JsonObject item = (JsonObject) path.getValue();
            item.stream().filter(member -> isMethod(member.getKey())).forEach(method -> {
                JsonObject operation = (JsonObject) method.getValue();
                ids.add(operation.getString("operationId"));
                assertThat(operation.getString("summary")).as(path.getKey()).isNotBlank();
                assertThat(operation.getJsonArray("tags")).as(path.getKey()).isNotEmpty();
            });
        });
        assertThat(ids).doesNotContainNull().doesNotHaveDuplicates().hasSizeGreaterThan(50);
        assertThat(contract.operations()).allSatisfy(operation -> {
            Set<String> named = new HashSet<>();
            Pattern.compile("\\{([^}]+)}")
                    .matcher(operation.path())
                    .results()
                    .forEach(found -> named.add(found.group(1)));
            assertThat(operation.parameters().stream()
                            .filter(parameter -> parameter.in().equals("path"))
                            .map(ApiParameter::name))
                    .containsExactlyInAnyOrderElementsOf(named);
        });
    }

    @Test
    void theExamplesAreWhatTheirSchemasSay() {
        List<String> checked = new ArrayList<>();
        checkExamples("", DOCUMENT.json(), checked);

        assertThat(checked).hasSizeGreaterThan(30);
    }

    @Test
    void theSeedsRequestsAreWhatTheDocumentSays() throws IOException {
        Map<String, Integer> checked = new HashMap<>();
        for (Path seed : seeds()) {
            String text = Files.readString(seed);
            for (Pattern pattern : List.of(CURL, DOCUMENTED_BODY)) {
                for (MatchResult found : pattern.matcher(text).results().toList()) {
                    assertThat(fault(found.group(1), found.group(2)))
                            .as(seed + " " + found.group(1) + " " + found.group(2))
                            .isEmpty();
                    checked.merge(found.group(1), 1, Integer::sum);
                }
            }
        }

        assertThat(checked)
                .containsEntry("/sessions", 2)
                .containsEntry("/sessions/with-config", 1)
                .containsEntry("/twilio/sms/send", 3)
                .containsEntry("/twilio/voice/message", 3)
                .containsEntry("/twilio/voice/call", 1);
    }

    @Test
    void theSeedsAnswersAreWhatTheDocumentSays() throws IOException {
        List<String> checked = new ArrayList<>();
        for (Path seed : seeds()) {
            for (MatchResult found :
                    DOCUMENTED_ANSWER.matcher(Files.readString(seed)).results().toList()) {
                String path = found.group(2).replace("{message_sid}", "{sid}");
                String pointer = "/paths/%s/%s/responses/200/content/application~1json/schema"
                        .formatted(Pointers.escaped(path), found.group(1).toLowerCase(Locale.ROOT));
                JsonObject schema = Optional.ofNullable((JsonObject) Pointers.find(contract.resolved(), pointer))
                        .orElseThrow(() -> new AssertionError("No " + pointer));
                assertThat(contract.schema(schema).fault("answer", new JsonObject(found.group(3))))
                        .as(path + " " + found.group(3))
                        .isEmpty();
                checked.add(path);
            }
        }

        assertThat(checked)
                .contains(
                        "/twilio/sms/send",
                        "/twilio/voice/message",
                        "/twilio/voice/call",
                        "/twilio/status/{sid}",
                        "/twilio/config");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/twilio/sms/send | {} | to is missing",
                "/twilio/sms/send | {\"to\":\"+12025551234\"} | message is missing",
                "/twilio/sms/send | {\"to\":\"+12025551234\",\"message\":\"\"} | message must not be empty",
                "/twilio/sms/send | {\"to\":12025551234,\"message\":\"x\"} | to must be a text",
                "/twilio/sms/send | {\"to\":null,\"message\":\"x\"} | to must be a text",
                "/twilio/sms/send | [] | body must be an object",
                "/twilio/sms/send | \"to\" | body must be an object",
                "/sessions | {\"room_config\":{}} | provider is missing",
                "/sessions | {\"provider\":\"x\",\"room_config\":{\"privacy\":\"secret\"}}"
                        + " | room_config.privacy must be one of public, private",
                "/sessions | {\"provider\":\"x\",\"room_config\":{\"max_participants\":\"many\"}}"
                        + " | room_config.max_participants must be a whole number",
                "/sessions | {\"provider\":\"x\",\"room_config\":{\"max_participants\":0}}"
                        + " | room_config.max_participants must be 1 or more",
                "/sessions | {\"provider\":\"x\",\"participant_config\":{\"permissions\":{\"can_admin\":\"yes\"}}}"
                        + " | participant_config.permissions.can_admin must be true or false",
                "/sessions/with-config | {\"provider\":\"x\"} | config is missing",
                "/sessions/with-config"
                        + " | {\"provider\":\"x\",\"config\":{\"pipeline\":{\"steps\":[{\"service\":\"stt\"}]}}}"
                        + " | config.pipeline.steps[0].connector is missing",
                "/calls | {\"to\":\"+1\",\"agent\":\"a\",\"time_limit\":1.5} | time_limit must be a whole number",
                "/customers | {\"phone\":\"+1\",\"total_enr_amount\":{}}"
                        + " | total_enr_amount must be a text or a number",
                "/customers | {\"name\":\"Ada\"} | phone is missing",
            })
    void whatIsWrongIsSaidInOneSentenceThatBeginsWithTheField(String path, String body, String sentence) {
        assertThat(fault(path, body)).contains(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/twilio/sms/send | {\"to\":\"+12025551234\",\"message\":\"\uD83D\uDCDE\",\"tag\":{\"a\":[1]}}",
                "/sessions | {\"provider\":\"a-provider-of-tomorrow\",\"room_config\":null,\"agent\":\"x\"}",
                "/calls | {\"to\":\"+1 (202) 555-1234\",\"agent\":\"greeter\",\"time_limit\":60}",
                "/customers | {\"phone\":\"+12025551234\",\"shoe_size\":38}",
            })
    void whatTheDocumentIsSilentAboutPasses(String path, String body) {
        assertThat(fault(path, body)).isEmpty();
    }

    @Test
    void aMissingBodyIsOneFault() {
        ApiBody body = Optional.ofNullable(operation("/sessions").body()).orElseThrow();

        assertThat(body.fault(null)).contains("body is missing");
        assertThat(body.fault(Buffer.buffer())).contains("body is missing");
    }

    private static Optional<String> fault(String path, String body) {
        return Optional.ofNullable(operation(path).body()).orElseThrow().fault(Buffer.buffer(body));
    }

    private static ApiOperation operation(String path) {
        return contract.operations().stream()
                .filter(operation -> operation.path().equals(path) && operation.method() == HttpMethod.POST)
                .findFirst()
                .orElseThrow(() -> new AssertionError("No POST " + path));
    }

    private static boolean isMethod(String member) {
        return Set.of("get", "post", "put", "patch", "delete").contains(member);
    }

    /** Every media type that has a schema and examples, wherever it is: examples as written, schemas as understood. */
    private static void checkExamples(String pointer, @Nullable Object node, List<String> checked) {
        if (node instanceof JsonObject object) {
            if (object.containsKey("schema") && object.getValue("examples") instanceof JsonObject examples) {
                JsonObject schema = Optional.ofNullable(
                                (JsonObject) Pointers.find(contract.resolved(), pointer + "/schema"))
                        .orElseThrow();
                examples.forEach(example -> {
                    Object value = ((JsonObject) example.getValue()).getValue("value");
                    assertThat(contract.schema(schema).fault("example", value))
                            .as(pointer + " " + example.getKey())
                            .isEmpty();
                    checked.add(pointer + " " + example.getKey());
                });
            }
            object.forEach(member ->
                    checkExamples(pointer + "/" + Pointers.escaped(member.getKey()), member.getValue(), checked));
        }
    }

    private static List<Path> seeds() throws IOException {
        assumeTrue(Files.isDirectory(SEEDS), "skipped: " + SEEDS + " is not here");
        try (var files = Files.list(SEEDS)) {
            return files.sorted().toList();
        }
    }
}
