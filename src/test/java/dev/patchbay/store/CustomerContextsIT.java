package dev.patchbay.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(EmbeddedDatabase.class)
class CustomerContextsIT {

    private static final Map<String, Object> UNKNOWN = Map.of("name", "Valued Customer");

    private final MongoDatabase database;
    private final CustomerStore customers;
    private final CustomerContexts contexts;

    CustomerContextsIT(MongoDatabase database) {
        this.database = database;
        customers = new CustomerStore(database);
        contexts = new CustomerContexts(customers, new CallContextStore(database, Clock.systemUTC()));
    }

    @Test
    void aCustomersContextIsItsScalars() {
        customers.save(Map.of(
                "id",
                "c1",
                "phone",
                "+14155550123",
                "name",
                "Zoë",
                "total_enr_amount",
                1234.5,
                "emi_eligible",
                false,
                "visits",
                3,
                "address",
                Map.of("city", "Paris"),
                "tags",
                List.of("a", "b")));
        assertThat(contexts.contextOf("+14155550123"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "id",
                        "c1",
                        "phone",
                        "+14155550123",
                        "name",
                        "Zoë",
                        "total_enr_amount",
                        1234.5,
                        "emi_eligible",
                        false,
                        "visits",
                        3));
    }

    @Test
    void whatAnotherApplicationStoredIsReadAsJsonWouldBe() {
        database.getCollection(StoreSchema.CUSTOMERS)
                .insertOne(new Document("_id", new org.bson.types.ObjectId("65a1b2c3d4e5f60718293a4b"))
                        .append("phone", "+14155550124")
                        .append("name", null)
                        .append("due_date", Date.from(java.time.Instant.parse("2025-01-02T03:04:05Z"))));
        assertThat(contexts.contextOf("+14155550124"))
                .containsEntry("id", "65a1b2c3d4e5f60718293a4b")
                .containsEntry("due_date", "2025-01-02T03:04:05Z")
                .doesNotContainKey("name");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "anonymous", "client:x", "sip:x@example.com", "+14155550199"})
    void anybodyElseIsAValuedCustomer(String from) {
        assertThat(contexts.contextOf(from)).isEqualTo(UNKNOWN);
    }
}
