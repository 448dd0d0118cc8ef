package dev.patchbay.http.openapi;

import dev.patchbay.http.ContentTypeHandler;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.openapi.contract.OpenAPIVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The document, understood: valid OpenAPI 3.1, its references followed, its operations ready to judge requests. */
public final class ApiContract {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");

    /** The security schemes that are an API key; the others are providers' signatures. */
    private static final Set<String> KEYS = Set.of("bearer", "key");

    private static final JsonObject NONE = new JsonObject();

    private final SchemaRepository schemas;
    private final JsonObject resolved;
    private final List<ApiOperation> operations;

    private ApiContract(SchemaRepository schemas, JsonObject resolved) {
        this.schemas = schemas;
        this.resolved = resolved;
        this.operations = operationsOf(resolved);
    }

    /** @throws ApiDocumentException when the document is not OpenAPI 3.1; blocks for the moment that it takes */
    public static ApiContract of(ApiDocument document, Vertx vertx) {
        if (!document.json().getValue("openapi", "").toString().startsWith("3.1.")) {
            throw document.mistake("/openapi", "must be 3.1.x");
        }
        OpenAPIVersion version = OpenAPIVersion.V3_1;
        SchemaRepository schemas = await(version.getRepository(vertx, "app://"));
        // Of copies, because the library writes its notes into what it is given.
        OutputUnit result = await(version.validateContract(vertx, schemas, document.json()));
        if (!result.getValid()) {
            throw mistake(document, result);
        }
        return new ApiContract(schemas, await(version.resolve(vertx, schemas, document.json())));
    }

    List<ApiOperation> operations() {
        return operations;
    }

    /** The document with its references followed. */
    JsonObject resolved() {
        return resolved;
    }

    ApiSchema schema(JsonObject schema) {
        return new ApiSchema(schemas.validator(JsonSchema.of(schema)));
    }

    /** The deepest place is where somebody wrote something wrong; what is around it is only wrong because of it. */
    private static ApiDocumentException mistake(ApiDocument document, OutputUnit result) {
        OutputUnit deepest = result.getErrors().stream()
                .max(Comparator.comparingInt(
                        error -> error.getInstanceLocation().length()))
                .orElse(result);
        return document.mistake(deepest.getInstanceLocation().replaceFirst("^#", ""), deepest.getError());
    }

    private List<ApiOperation> operationsOf(JsonObject document) {
        List<ApiOperation> found = new ArrayList<>();
        JsonArray general = document.getJsonArray("security", new JsonArray());
        JsonObject paths = document.getJsonObject("paths", NONE);
        names(paths).forEach(path -> {
            JsonObject item = paths.getJsonObject(path);
            names(item).stream().filter(METHODS::contains).forEach(method -> {
                JsonObject operation = item.getJsonObject(method);
                found.add(new ApiOperation(
                        HttpMethod.valueOf(method.toUpperCase(Locale.ROOT)),
                        path,
                        needsKey(operation.getJsonArray("security", general)),
                        parameters(item, operation),
                        body(operation.getJsonObject("requestBody"))));
            });
        });
        return List.copyOf(found);
    }

    /** The members that the document has; the library adds notes of its own. */
    static Set<String> names(JsonObject object) {
        return object.fieldNames().stream()
                .filter(name -> !name.startsWith("__absolute_"))
                .collect(Collectors.toSet());
    }

    private static boolean needsKey(JsonArray requirements) {
        return requirements.stream().anyMatch(requirement -> ((JsonObject) requirement)
                .fieldNames().stream().anyMatch(KEYS::contains));
    }

    /** Those of the path, and those of the operation in their place. */
    private List<ApiParameter> parameters(JsonObject item, JsonObject operation) {
        Map<String, ApiParameter> parameters = new LinkedHashMap<>();
        for (JsonObject holder : List.of(item, operation)) {
            holder.getJsonArray("parameters", new JsonArray()).forEach(each -> {
                JsonObject parameter = (JsonObject) each;
                JsonObject schema = parameter.getJsonObject("schema", NONE);
                String name = parameter.getString("name");
                String in = parameter.getString("in");
                parameters.put(
                        in + " " + name,
                        new ApiParameter(
                                name,
                                in,
                                parameter.getBoolean("required", false),
                                String.valueOf(schema.getValue("type")),
                                schema(schema)));
            });
        }
        return List.copyOf(parameters.values());
    }

    private @Nullable ApiBody body(@Nullable JsonObject body) {
        if (body == null) {
            return null;
        }
        JsonObject content = body.getJsonObject("content", NONE);
        JsonObject json = content.getJsonObject("application/json");
        return new ApiBody(
                body.getBoolean("required", false),
                new ContentTypeHandler(names(content)),
                json == null ? null : schema(json.getJsonObject("schema", NONE)));
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The document of the API was not understood", e);
        }
    }
}
