package dev.patchbay.store;

import static dev.patchbay.error.ErrorCategory.CONFLICT;
import static dev.patchbay.error.ErrorCategory.INVALID_REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoDatabase;
import dev.patchbay.error.PatchbayException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedDatabase.class)
class CustomerStoreIT {

    private static final String PHONE = "+14155550123";

    private final MongoDatabase database;
    private final CustomerStore customers;

    CustomerStoreIT(MongoDatabase database) {
        this.database = database;
        customers = new CustomerStore(database);
    }

    @Test
    void aCallerIsFoundByNumber() {
        customers.save(Map.of("phone", "+1 415 555 0123", "name", "Asha", "due_date", "2025-02-01", "city", "Pune"));
        Map<String, Object> found = customers.findByPhone(PHONE).orElseThrow();
        assertThat(found)
                .containsEntry("phone", PHONE)
                .containsEntry("name", "Asha")
                .containsEntry("due_date", "2025-02-01")
                .containsEntry("city", "Pune")
                .containsKey("id");
        assertThat(found.keySet())
                .containsExactly(
                        "id", "phone", "name", "customer_id", "due_date", "total_enr_amount", "emi_eligible", "city");
        assertThat(found.get("emi_eligible")).isNull();
    }

    @Test
    void aCallerWithoutANumberIsUnknown() {
        customers.save(Map.of("phone", PHONE));
        assertThat(customers.findByPhone("anonymous")).isEmpty();
        assertThat(customers.findByPhone("")).isEmpty();
    }

    @Test
    void anotherSaveOfTheNumberReplacesTheCustomerAndKeepsTheId() {
        Object id = customers
                .save(Map.of("phone", PHONE, "name", "Asha", "city", "Pune"))
                .get("id");
        Map<String, Object> replaced = customers.save(Map.of("phone", PHONE, "name", "Asha K"));
        assertThat(replaced)
                .containsEntry("id", id)
                .containsEntry("name", "Asha K")
                .doesNotContainKey("city");
        assertThat(customers.findByPhone(PHONE)).contains(replaced);
        assertThat(database.getCollection("customers").countDocuments()).isEqualTo(1);
    }

    @Test
    void aCustomerCanChangeNumber() {
        Object id = customers.save(Map.of("phone", PHONE)).get("id");
        customers.save(Map.of("id", id, "phone", "+14155550199"));
        assertThat(customers.findByPhone(PHONE)).isEmpty();
        assertThat(customers.findByPhone("+14155550199").orElseThrow()).containsEntry("id", id);
    }

    @Test
    void aNumberBelongsToOneCustomer() {
        customers.save(Map.of("id", "one", "phone", PHONE));
        assertThatThrownBy(() -> customers.save(Map.of("id", "two", "phone", PHONE)))
                .isInstanceOfSatisfying(
                        PatchbayException.class, e -> assertThat(e.category()).isEqualTo(CONFLICT))
                .hasNoCause()
                .hasMessageContaining("phone")
                .hasMessageNotContaining("0123");
    }

    @Test
    void aCustomerHasANumber() {
        assertThatThrownBy(() -> customers.save(Map.of("name", "Asha"))).hasMessageStartingWith("phone");
    }

    @Test
    void someFieldsChangeAndTheOthersStayAsTheyAre() {
        ObjectId id = new ObjectId();
        Date due = Date.from(Instant.parse("2025-02-01T00:00:00Z"));
        database.getCollection("customers")
                .insertOne(new Document("_id", id)
                        .append("phone", PHONE)
                        .append("due_date", due)
                        .append("__v", 3)
                        .append("city", "Pune"));
        Map<String, Object> change = new HashMap<>(Map.of("name", "Asha", "emi_eligible", true));
        change.put("city", null);

        Map<String, Object> changed =
                customers.update(id.toHexString(), change, true).orElseThrow();

        assertThat(changed)
                .containsEntry("name", "Asha")
                .containsEntry("emi_eligible", true)
                .doesNotContainKeys("city", "_revision");
        assertThat(stored()).containsEntry("due_date", due).containsEntry("__v", 3);
        customers.update(id.toHexString(), Map.of("phone", PHONE, "name", "Asha"), false);
        assertThat(stored()).containsOnlyKeys("_id", "phone", "name", "_revision");
    }

    @Test
    void aFieldThatIsWrongIsNamed() {
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("emi_eligible", "maybe"),
                Map.of("name", 7),
                Map.of("total_enr_amount", List.of()),
                Map.of("phone", "12"),
                Map.of("city", "x".repeat(10_001)),
                Map.of("id", "a b"))) {
            assertThatThrownBy(() -> customers.insert(with(PHONE, wrong)))
                    .isInstanceOfSatisfying(PatchbayException.class, e -> assertThat(e.category())
                            .isEqualTo(INVALID_REQUEST))
                    .hasMessageStartingWith(wrong.keySet().iterator().next());
        }
        for (String name : List.of("", "$set", "a.b", "_revision", "n\u0000")) {
            assertThatThrownBy(() -> customers.insert(with(PHONE, Map.of(name, "x"))))
                    .hasMessageContaining("name that is empty");
        }
        assertThat(database.getCollection("customers").countDocuments()).isZero();
    }

    @Test
    void ofTwoWhoWantANumberAtOnceOneGetsIt() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> wishes = Collections.nCopies(16, () -> {
                try {
                    customers.insert(Map.of("phone", PHONE));
                    return true;
                } catch (PatchbayException e) {
                    return false;
                }
            });
            int got = 0;
            for (Future<Boolean> wish : threads.invokeAll(wishes)) {
                got += wish.get() ? 1 : 0;
            }
            assertThat(got).isEqualTo(1);
            assertThat(database.getCollection("customers").countDocuments()).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aNumberThatIsGivenUpIsFree() {
        String id = String.valueOf(customers.insert(Map.of("phone", PHONE)).get("id"));
        customers.update(id, Map.of("phone", "+14155550199"), true);
        assertThat(claims()).containsOnly("+14155550199");
        customers.insert(Map.of("phone", PHONE));
        assertThat(customers.delete(id)).isTrue();
        assertThat(customers.delete(id)).isFalse();
        assertThat(claims()).containsOnly(PHONE);
    }

    @Test
    void aChangeToATakenNumberChangesNothing() {
        customers.insert(Map.of("phone", PHONE));
        String id = String.valueOf(
                customers.insert(Map.of("phone", "+14155550199", "name", "Ben")).get("id"));
        assertThatThrownBy(() -> customers.update(id, Map.of("phone", PHONE, "name", "Ada"), true))
                .isInstanceOf(PatchbayException.class);
        assertThat(customers.find(id).orElseThrow())
                .containsEntry("phone", "+14155550199")
                .containsEntry("name", "Ben");
        assertThat(claims()).containsOnly(PHONE, "+14155550199");
    }

    @Test
    void listsNewestFirstAndThoseOfAnotherApplicationAfterOurs() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(
                    0,
                    String.valueOf(
                            customers.insert(Map.of("phone", "+1415555010" + i)).get("id")));
        }
        for (int i = 0; i < 3; i++) {
            ObjectId id = new ObjectId();
            database.getCollection("customers").insertOne(new Document("_id", id).append("phone", "+1415555020" + i));
            ids.add(5, id.toHexString());
        }
        List<String> listed = new ArrayList<>();
        String cursor = null;
        do {
            Page<Map<String, Object>> page = customers.list(cursor, 2);
            page.items().forEach(customer -> listed.add(String.valueOf(customer.get("id"))));
            cursor = page.nextCursor();
        } while (cursor != null);
        assertThat(listed).isEqualTo(ids);
    }

    private static Map<String, Object> with(String phone, Map<String, Object> fields) {
        Map<String, Object> customer = new HashMap<>(Map.of("phone", phone));
        customer.putAll(fields);
        return customer;
    }

    private Document stored() {
        return database.getCollection("customers").find().first();
    }

    private List<Object> claims() {
        return database.getCollection("customer_numbers")
                .find()
                .map(claim -> claim.get("_id"))
                .into(new ArrayList<>());
    }

    @Test
    void valuesOfOtherApplicationsAreReadAsJson() {
        ObjectId id = new ObjectId();
        database.getCollection("customers")
                .insertOne(new Document("_id", id)
                        .append("phone", PHONE)
                        .append("due_date", Date.from(Instant.parse("2025-02-01T00:00:00Z")))
                        .append("total_enr_amount", Decimal128.parse("12.50"))
                        .append("loans", List.of(new Document("ref", id))));
        Map<String, Object> found = customers.findByPhone(PHONE).orElseThrow();
        assertThat(found)
                .containsEntry("id", id.toHexString())
                .containsEntry("due_date", "2025-02-01T00:00:00Z")
                .containsEntry("total_enr_amount", new java.math.BigDecimal("12.50"))
                .containsEntry("loans", List.of(Map.of("ref", id.toHexString())));
        assertThat(customers.save(found)).containsEntry("id", id.toHexString());
        assertThat(database.getCollection("customers").countDocuments()).isEqualTo(1);
    }
}
