package dev.patchbay.store;

import dev.patchbay.call.Call;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an agent is told about a caller: the customer's fields, or that it is somebody unknown. */
public final class CustomerContexts {

    /** What agents call somebody whom we do not know. */
    public static final String UNKNOWN_NAME = "Valued Customer";

    private static final Map<String, Object> UNKNOWN = Map.of("name", UNKNOWN_NAME);

    private final CustomerStore customers;
    private final CallContextStore contexts;

    public CustomerContexts(CustomerStore customers, CallContextStore contexts) {
        this.customers = customers;
        this.contexts = contexts;
    }

    /** The context of a call: the customer's fields, and those that came with the order of a call that we placed. */
    public Map<String, Object> contextOfCall(Call call) {
        Map<String, Object> context = new LinkedHashMap<>(contextOf(call.customer()));
        contexts.find(call.id()).ifPresent(ordered -> context.putAll(ordered.values()));
        return context;
    }

    /**
     * The context of the caller with this number: strings, numbers and booleans; nulls and nested values are left out.
     *
     * @param from as the phone provider says it: E.164, or {@code anonymous}, {@code client:x}, empty
     */
    public Map<String, Object> contextOf(@Nullable String from) {
        if (from == null || from.isBlank()) {
            return UNKNOWN;
        }
        return customers.findByPhone(from).map(CustomerContexts::scalars).orElse(UNKNOWN);
    }

    /** A context with one more value: a text, number or boolean. */
    public Map<String, Object> with(Map<String, Object> context, String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(context);
        more.put(name, value);
        return more;
    }

    private static Map<String, Object> scalars(Map<String, @Nullable Object> customer) {
        Map<String, Object> context = new LinkedHashMap<>();
        customer.forEach((name, value) -> {
            if (value instanceof String || value instanceof Number || value instanceof Boolean) {
                context.put(name, value);
            }
        });
        return context;
    }
}
