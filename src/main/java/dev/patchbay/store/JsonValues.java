package dev.patchbay.store;

import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** Free-form parts of documents (event data, call context, a customer's further fields) as JSON-ready values. */
final class JsonValues {

    private JsonValues() {}

    /** A new map with dates as ISO-8601 text, ObjectIds as hex and 128-bit decimals as {@link java.math.BigDecimal}. */
    static Map<String, @Nullable Object> of(Map<String, ?> document) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        document.forEach((key, value) -> values.put(key, of(value)));
        return values;
    }

    static @Nullable Object of(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            map.forEach((key, nested) -> values.put(String.valueOf(key), of(nested)));
            return values;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(JsonValues::of).toList();
        }
        if (value instanceof Date date) {
            return date.toInstant().toString();
        }
        if (value instanceof ObjectId id) {
            return id.toHexString();
        }
        return value instanceof Decimal128 decimal ? decimal.bigDecimalValue() : value;
    }

    /** A document of JSON that somebody else made: dots and dollars, which mean something in MongoDB, leave the names. */
    static Document document(Map<String, ?> json) {
        Document document = new Document();
        json.forEach((name, value) -> document.put(name.replace('.', '_').replace('$', '_'), storable(value)));
        return document;
    }

    private static @Nullable Object storable(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> nested = new LinkedHashMap<>();
            map.forEach((name, inner) -> nested.put(String.valueOf(name), inner));
            return document(nested);
        }
        return value instanceof List<?> list
                ? list.stream().map(JsonValues::storable).toList()
                : value;
    }
}
