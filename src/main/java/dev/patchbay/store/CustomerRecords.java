package dev.patchbay.store;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.http.JsonBody;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The customers as the REST API shows and takes them (DESIGN section 5, "Shapes"). */
public final class CustomerRecords {

    private final CustomerStore customers;

    public CustomerRecords(CustomerStore customers) {
        this.customers = customers;
    }

    /** Customers, newest first. */
    public Map<String, @Nullable Object> list(@Nullable String cursor, @Nullable String limit) {
        ListQuery query = ListQuery.of(cursor, limit);
        return ListQuery.shape("customers", customers.list(query.cursor(), query.limit()), customer -> customer);
    }

    /** One customer, by id. */
    public Map<String, @Nullable Object> get(String id) {
        return customers.find(id).orElseThrow(() -> missing(id));
    }

    /** Stores a new customer. Its id is ours, unless the body brings one. */
    public Map<String, @Nullable Object> create(@Nullable String body) {
        return customers.insert(JsonBody.read(body));
    }

    /**
     * Changes a customer.
     *
     * @param method {@code PATCH} keeps the fields that the body does not give; {@code PUT} replaces them all
     */
    public Map<String, @Nullable Object> update(String id, @Nullable String body, String method) {
        return customers.update(id, JsonBody.read(body), method.equals("PATCH")).orElseThrow(() -> missing(id));
    }

    /** Deletes a customer. */
    public void delete(String id) {
        if (!customers.delete(id)) {
            throw missing(id);
        }
    }

    private static PatchbayException missing(String id) {
        return new PatchbayException(ErrorCategory.NOT_FOUND, null, "No customer " + id);
    }
}
