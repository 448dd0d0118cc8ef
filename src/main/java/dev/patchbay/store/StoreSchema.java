package dev.patchbay.store;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The collections and their indexes. Unique indexes are sparse: calls without a CallSid, say, do not collide with one
 * another, as the field is left out of the document while it has no value (a partial index, the other way to say so,
 * binds all documents on the embedded store).
 */
final class StoreSchema {

    static final String CALLS = "calls";
    static final String CALL_EVENTS = "call_events";
    static final String TRANSCRIPTS = "transcripts";
    static final String CUSTOMERS = "customers";
    static final String CUSTOMER_NUMBERS = "customer_numbers";
    static final String AGENTS = "agents";
    static final String AGENT_NAMES = "agent_names";
    static final String AGENT_NUMBERS = "agent_numbers";
    static final String CALL_CONTEXT = "call_context";
    static final String AUDIO = "audio";
    static final String SESSIONS = "sessions";
    static final String MESSAGES = "messages";
    static final String RECORDINGS = "recordings";
    static final String IDEMPOTENCY = "idempotency";
    static final String DELIVERIES = "deliveries";

    private StoreSchema() {}

    /**
     * Creates what is not there yet.
     *
     * @throws IllegalStateException if documents that are there already break a unique index
     */
    static void create(MongoDatabase database) {
        Set<String> existing = database.listCollectionNames().into(new HashSet<>());
        for (String name : List.of(
                CALLS,
                CALL_EVENTS,
                TRANSCRIPTS,
                CUSTOMERS,
                CUSTOMER_NUMBERS,
                AGENTS,
                AGENT_NAMES,
                AGENT_NUMBERS,
                CALL_CONTEXT,
                AUDIO,
                SESSIONS,
                MESSAGES,
                RECORDINGS,
                IDEMPOTENCY,
                DELIVERIES)) {
            if (!existing.contains(name)) {
                database.createCollection(name);
            }
        }
        unique(database, CALLS, "call_sid");
        unique(database, CALLS, "provider_call_id");
        unique(database, CUSTOMERS, "phone");
        unique(database, MESSAGES, MessageStore.SID);
        for (String field : List.of("name", "phone_number", "phoneNumber")) {
            database.getCollection(AGENTS).createIndex(Indexes.ascending(field));
        }
        expiring(database, CALL_CONTEXT, CallContextStore.EXPIRES_AT);
        expiring(database, IDEMPOTENCY, IdempotencyStore.EXPIRES_AT);
        expiring(database, DELIVERIES, Deliveries.EXPIRES_AT);
    }

    private static void expiring(MongoDatabase database, String collection, String field) {
        database.getCollection(collection)
                .createIndex(Indexes.ascending(field), new IndexOptions().expireAfter(0L, TimeUnit.SECONDS));
    }

    private static void unique(MongoDatabase database, String collection, String field) {
        try {
            database.getCollection(collection)
                    .createIndex(
                            Indexes.ascending(field),
                            new IndexOptions().unique(true).sparse(true));
        } catch (MongoCommandException e) {
            if (ErrorCategory.fromErrorCode(e.getErrorCode()) == ErrorCategory.DUPLICATE_KEY) {
                // The driver's message would carry the value itself, a phone number for example.
                throw new IllegalStateException(
                        "Several documents of " + collection + " have the same " + field + "; it must be unique");
            }
            throw e;
        }
    }
}
