package dev.patchbay.provider;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The messages of a provider's AsyncAPI document, as strictly as {@link ContractDocument} says. */
public final class AsyncApiContract {

    private final ContractDocument document;
    private final JsonObject schemas;

    private AsyncApiContract(ContractDocument document) {
        this.document = document;
        this.schemas = document.json().getJsonObject("components").getJsonObject("schemas");
    }

    /** Reads a document; the calling test is skipped where the contracts are not at hand. */
    public static AsyncApiContract of(String document) {
        return new AsyncApiContract(ContractDocument.of(document));
    }

    /** The names of its schemas. */
    public Set<String> schemas() {
        return schemas.fieldNames();
    }

    /** What is wrong with a message; empty when it is as the schema says. */
    public List<String> violations(String schema, JsonObject message) {
        List<String> violations = new ArrayList<>();
        document.check(schema, schemas.getJsonObject(schema), message, violations);
        return violations;
    }
}
