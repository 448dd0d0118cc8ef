package dev.patchbay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoDatabase;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
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
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessageNotContaining("0123");
    }

    @Test
    void aCustomerHasANumber() {
        assertThatThrownBy(() -> customers.save(Map.of("name", "Asha"))).isInstanceOf(IllegalArgumentException.class);
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
