package dev.patchbay.store;

import static dev.patchbay.store.CustomerFields.ID;
import static dev.patchbay.store.CustomerFields.PHONE;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.ReplaceOptions;
import dev.patchbay.error.PatchbayException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Customers, collection {@code customers}, one per phone number (collection {@code customer_numbers}, {@link Claims}). A
 * customer is a JSON-ready map with {@code id, phone, name, customer_id, due_date, total_enr_amount, emi_eligible} (always
 * there, null where empty) and any further fields. All methods block: for worker threads only.
 */
public final class CustomerStore {

    static final String REVISION = "_revision";

    private final MongoCollection<Document> customers;
    private final Claims numbers;

    public CustomerStore(MongoDatabase database) {
        this(database, Clock.systemUTC());
    }

    CustomerStore(MongoDatabase database, Clock clock) {
        customers = database.getCollection(StoreSchema.CUSTOMERS);
        numbers = new Claims(database.getCollection(StoreSchema.CUSTOMER_NUMBERS), new WithNumber(), clock);
    }

    /** The customer who calls from this number; a caller without one ({@code anonymous}, a SIP address) is unknown. */
    public Optional<Map<String, @Nullable Object>> findByPhone(String phone) {
        return byPhone(phone).map(CustomerStore::customer);
    }

    /** The customer with this id: ours, or the 24 hex digits of an ObjectId. */
    public Optional<Map<String, @Nullable Object>> find(String id) {
        return byId(RecordIds.key(id)).map(CustomerStore::customer);
    }

    /** Customers, newest first; the cursor is the one of the page before. */
    public Page<Map<String, @Nullable Object>> list(@Nullable String cursor, int limit) {
        return RecordIds.newestFirst(customers, cursor, limit, CustomerStore::customer);
    }

    /**
     * Stores a new customer.
     *
     * @return the customer as stored, with its id
     * @throws PatchbayException {@code INVALID_REQUEST} naming a field that is missing or wrong, {@code CONFLICT} when the
     *     id or the number is another one's
     */
    public Map<String, @Nullable Object> insert(Map<String, ? extends @Nullable Object> customer) {
        Map<String, @Nullable Object> fields = CustomerFields.checked(customer);
        Object id = RecordIds.key(fields.get(ID));
        Document document = document(id, fields);
        if (byId(id).isPresent()) {
            throw taken(ID);
        }
        try (ClaimedWrite write = new ClaimedWrite(id).change(PHONE, numbers, null, document.getString(PHONE))) {
            customers.insertOne(document);
            write.done();
            return customer(document);
        } catch (MongoWriteException e) {
            throw refused(e);
        }
    }

    /**
     * Changes a customer.
     *
     * @param given the fields to set; null empties one
     * @param keep whether the other fields stay; else the given ones replace them all
     * @return the customer as it is now; empty when there is none
     * @throws PatchbayException as {@link #insert}
     */
    public Optional<Map<String, @Nullable Object>> update(
            String id, Map<String, ? extends @Nullable Object> given, boolean keep) {
        Map<String, @Nullable Object> fields = CustomerFields.checked(given);
        while (true) {
            Document before = byId(RecordIds.key(id)).orElse(null);
            if (before == null) {
                return Optional.empty();
            }
            Document now = changed(before, fields, keep);
            try (ClaimedWrite write = new ClaimedWrite(RecordIds.of(before))
                    .change(PHONE, numbers, before.getString(PHONE), now.getString(PHONE))) {
                Document unchanged = new Document("_id", RecordIds.of(before)).append(REVISION, before.get(REVISION));
                if (customers.replaceOne(unchanged, now).getMatchedCount() == 1) {
                    write.done();
                    return Optional.of(customer(now));
                }
            } catch (MongoWriteException e) {
                throw refused(e);
            }
        }
    }

    /** Deletes a customer. @return whether there was one */
    public boolean delete(String id) {
        Document before = byId(RecordIds.key(id)).orElse(null);
        if (before == null) {
            return false;
        }
        try (ClaimedWrite write =
                new ClaimedWrite(RecordIds.of(before)).change(PHONE, numbers, before.getString(PHONE), null)) {
            boolean deleted = customers
                            .deleteOne(new Document("_id", RecordIds.of(before)))
                            .getDeletedCount()
                    == 1;
            write.done();
            return deleted;
        }
    }

    /**
     * Stores a customer whole, in place of the one with its {@code id} or, without an id, with its phone number.
     *
     * @return the customer as stored, with its id
     * @throws PatchbayException as {@link #insert}
     */
    public Map<String, @Nullable Object> save(Map<String, ? extends @Nullable Object> customer) {
        Map<String, @Nullable Object> fields = CustomerFields.checked(customer);
        Object id = fields.get(ID) == null
                ? byPhone(String.valueOf(fields.get(PHONE)))
                        .map(found -> found.get("_id"))
                        .orElseGet(() -> RecordIds.key(null))
                : RecordIds.key(fields.get(ID));
        Document document = document(id, fields);
        String before = byId(id).map(found -> found.getString(PHONE)).orElse(null);
        try (ClaimedWrite write = new ClaimedWrite(id).change(PHONE, numbers, before, document.getString(PHONE))) {
            customers.replaceOne(new Document("_id", id), document, new ReplaceOptions().upsert(true));
            write.done();
            return customer(document);
        } catch (MongoWriteException e) {
            throw refused(e);
        }
    }

    /** Collects customers that are to be stored together. */
    CustomerBatch batch() {
        return new CustomerBatch(customers, numbers);
    }

    static Map<String, @Nullable Object> customer(Document document) {
        Map<String, @Nullable Object> customer = new LinkedHashMap<>();
        customer.put(ID, JsonValues.of(document.get("_id")));
        CustomerFields.ALWAYS.forEach(field -> customer.put(field, null));
        customer.putAll(JsonValues.of(document));
        customer.remove("_id");
        customer.remove(REVISION);
        return customer;
    }

    private static Document document(Object id, Map<String, @Nullable Object> fields) {
        return changed(new Document("_id", id), fields, false);
    }

    private static Document changed(Document before, Map<String, @Nullable Object> fields, boolean keep) {
        Object id = RecordIds.of(before);
        if (fields.get(ID) != null && !RecordIds.key(fields.get(ID)).equals(id)) {
            throw CustomerFields.invalid(ID, "is not the customer's, and cannot be changed");
        }
        Document now = keep ? new Document(before) : new Document("_id", id);
        fields.forEach((field, value) -> {
            now.remove(field);
            CallDocuments.set(now, field, value);
        });
        now.remove(ID);
        if (now.get(PHONE) == null) {
            throw CustomerFields.invalid(PHONE, "is missing");
        }
        int revision = before.get(REVISION) instanceof Number number ? number.intValue() : 0;
        return now.append(REVISION, revision + 1);
    }

    private Optional<Document> byId(Object id) {
        return Optional.ofNullable(customers.find(new Document("_id", id)).first());
    }

    private Optional<Document> byPhone(String phone) {
        return Optional.ofNullable(customers.find(new Document(PHONE, phone)).first());
    }

    /** Without its cause, whose text carries the number. */
    private static RuntimeException refused(MongoWriteException e) {
        return e.getError().getCategory() == ErrorCategory.DUPLICATE_KEY ? taken("id or " + PHONE) : e;
    }

    private static PatchbayException taken(String field) {
        return new PatchbayException(
                dev.patchbay.error.ErrorCategory.CONFLICT, null, field + " is another one's already");
    }

    private final class WithNumber implements Claims.Records {

        @Override
        public boolean has(Object id, String phone) {
            return byId(id).filter(document -> phone.equals(document.get(PHONE)))
                    .isPresent();
        }

        @Override
        public Optional<Object> holder(String phone) {
            return byPhone(phone).map(document -> document.get("_id"));
        }
    }
}
