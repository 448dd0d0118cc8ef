package dev.patchbay.store;

import static dev.patchbay.store.CustomerFields.PHONE;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Customers that are stored together, in a few commands for all of them: each is new, or changes the one with its number.
 * Two lines with one number become one customer, the later line's fields over the earlier's.
 */
final class CustomerBatch {

    private static final int LINES = 500;
    private static final int CHARACTERS = 1 << 20;

    /** The lines about one customer. */
    private static final class Wish {
        private final List<Integer> lines = new ArrayList<>();
        private final Document fields = new Document();
        private @Nullable Object id;
        private boolean isNew;
    }

    private final MongoCollection<Document> customers;
    private final Claims numbers;
    private final Map<String, Wish> wishes = new LinkedHashMap<>();
    private int lines;
    private int characters;

    CustomerBatch(MongoCollection<Document> customers, Claims numbers) {
        this.customers = customers;
        this.numbers = numbers;
    }

    /** Adds a line whose fields have been checked; {@code phone} is among them. */
    void add(int line, Map<String, Object> fields) {
        Wish wish = wishes.computeIfAbsent(String.valueOf(fields.get(PHONE)), phone -> new Wish());
        wish.lines.add(line);
        wish.fields.putAll(fields);
        lines++;
        fields.forEach((field, value) ->
                characters += field.length() + value.toString().length());
    }

    /** Whether it should be stored before more is added. */
    boolean isFull() {
        return lines >= LINES || characters >= CHARACTERS;
    }

    /** Stores what was added and reports its lines; then the batch is empty again. */
    void store(ImportReport report) {
        if (wishes.isEmpty()) {
            return;
        }
        nameThem();
        claimThem(report);
        Set<String> failed = writeThem(report);
        wishes.forEach((phone, wish) -> {
            if (!failed.contains(phone)) {
                for (int i = 0; i < wish.lines.size(); i++) {
                    if (wish.isNew && i == 0) {
                        report.imported();
                    } else {
                        report.updated();
                    }
                }
            }
        });
        wishes.clear();
        lines = 0;
        characters = 0;
    }

    private void nameThem() {
        Document phones = new Document(PHONE, new Document("$in", List.copyOf(wishes.keySet())));
        for (Document known : customers.find(phones).projection(Projections.include(PHONE))) {
            Wish wish = wishes.get(known.getString(PHONE));
            if (wish != null) {
                wish.id = RecordIds.of(known);
            }
        }
        wishes.values().stream().filter(wish -> wish.id == null).forEach(wish -> {
            wish.id = RecordIds.key(null);
            wish.isNew = true;
        });
    }

    private void claimThem(ImportReport report) {
        Map<String, Object> owners = new LinkedHashMap<>();
        wishes.forEach((phone, wish) -> {
            if (wish.isNew && wish.id != null) {
                owners.put(phone, wish.id);
            }
        });
        for (String taken : numbers.takeAll(owners)) {
            fail(wishes.remove(taken), report);
        }
    }

    /** @return the numbers that could not be stored */
    private Set<String> writeThem(ImportReport report) {
        List<String> phones = List.copyOf(wishes.keySet());
        List<UpdateOneModel<Document>> writes = new ArrayList<>();
        wishes.forEach((phone, wish) -> writes.add(new UpdateOneModel<>(
                // With the number: a customer that has lost it meanwhile is another one's conflict, not overwritten.
                new Document("_id", wish.id).append(PHONE, phone),
                new Document("$set", wish.fields).append("$inc", new Document(CustomerStore.REVISION, 1)),
                new UpdateOptions().upsert(true))));
        if (writes.isEmpty()) {
            return Set.of();
        }
        try {
            customers.bulkWrite(writes, new BulkWriteOptions().ordered(false));
            return Set.of();
        } catch (MongoBulkWriteException e) {
            Set<String> failed = new HashSet<>();
            for (BulkWriteError error : e.getWriteErrors()) {
                if (ErrorCategory.fromErrorCode(error.getCode()) != ErrorCategory.DUPLICATE_KEY) {
                    throw e;
                }
                String phone = phones.get(error.getIndex());
                failed.add(phone);
                fail(wishes.get(phone), report);
            }
            return failed;
        }
    }

    private static void fail(@Nullable Wish wish, ImportReport report) {
        if (wish != null) {
            wish.lines.forEach(line -> report.failed(line, PHONE, "is another one's already; try this line again"));
        }
    }
}
