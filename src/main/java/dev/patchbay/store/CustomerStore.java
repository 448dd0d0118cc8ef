package dev.patchbay.store;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.ReplaceOptions;
import dev.patchbay.call.Ids;
import dev.patchbay.call.PhoneNumber;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Customers, collection {@code customers}, one per phone number. A customer is a JSON-ready map with {@code id, phone,
 * name, customer_id, due_date, total_enr_amount, emi_eligible} (always there, null where empty) and any further fields.
 * All methods block: for worker threads only.
 */
public final class CustomerStore {

    private static final String ID = "id";
    private static final String PHONE = "phone";
    private static final List<String> FIELDS =
            List.of(PHONE, "name", "customer_id", "due_date", "total_enr_amount", "emi_eligible");

    private final MongoCollection<Document> customers;

    public CustomerStore(MongoDatabase database) {
        customers = database.getCollection(StoreSchema.CUSTOMERS);
    }

    /** The customer who calls from this number; a caller without one ({@code anonymous}, a SIP address) is unknown. */
    public Optional<Map<String, @Nullable Object>> findByPhone(String phone) {
        return byPhone(phone).map(CustomerStore::customer);
    }

    /**
     * Stores a customer whole, in place of the one with its {@code id} or, without an id, with its phone number.
     *
     * @return the customer as stored, with its id
     * @throws IllegalArgumentException if there is no phone number in E.164 form, or it is another customer's
     */
    public Map<String, @Nullable Object> save(Map<String, ?> customer) {
        String phone = PhoneNumber.parse(String.valueOf(customer.get(PHONE)));
        Object key = key(customer.get(ID), phone);
        Document document = new Document("_id", key);
        customer.forEach((field, value) -> CallDocuments.set(document, field, value));
        document.append(PHONE, phone).remove(ID);
        try {
            customers.replaceOne(new Document("_id", key), document, new ReplaceOptions().upsert(true));
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() == ErrorCategory.DUPLICATE_KEY) {
                // Without its cause, whose text carries the number.
                throw new IllegalArgumentException("Another customer has this phone number");
            }
            throw e;
        }
        return customer(document);
    }

    private Object key(@Nullable Object id, String phone) {
        if (id == null) {
            return byPhone(phone).map(found -> found.get("_id")).orElseGet(Ids::next);
        }
        // A customer that came from another application is named by an ObjectId.
        return ObjectId.isValid(id.toString()) ? new ObjectId(id.toString()) : id.toString();
    }

    private Optional<Document> byPhone(String phone) {
        return Optional.ofNullable(customers.find(new Document(PHONE, phone)).first());
    }

    private static Map<String, @Nullable Object> customer(Document document) {
        Map<String, @Nullable Object> customer = new LinkedHashMap<>();
        customer.put(ID, JsonValues.of(document.get("_id")));
        FIELDS.forEach(field -> customer.put(field, null));
        customer.putAll(JsonValues.of(document));
        customer.remove("_id");
        return customer;
    }
}
