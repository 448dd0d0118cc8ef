package dev.patchbay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoDatabase;
import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(EmbeddedDatabase.class)
class CustomerImportIT {

    private final MongoDatabase database;
    private final CustomerStore customers;
    private final CustomerImport imports;

    CustomerImportIT(MongoDatabase database) {
        this.database = database;
        customers = new CustomerStore(database);
        imports = new CustomerImport(customers);
    }

    @Test
    void newOnesAreStoredAndKnownOnesAreChanged() throws IOException {
        Object id = customers
                .insert(Map.of("phone", "+14155550123", "name", "Asha", "city", "Pune", "due_date", "2025-01-01"))
                .get("id");

        assertThat(read("""
                        phone,name,emi_eligible,total_enr_amount,due_date,plan
                        +1 (415) 555-0123,Asha K,yes,1234.50,,gold
                        +14155550124,"Ben ""B"" Example",FALSE,,2026-12-01,
                        """)).isEqualTo(report(1, 1, 0, List.of()));

        assertThat(customers.findByPhone("+14155550123").orElseThrow())
                .containsEntry("id", id)
                .containsEntry("name", "Asha K")
                .containsEntry("emi_eligible", true)
                .containsEntry("total_enr_amount", "1234.50")
                .containsEntry("due_date", "2025-01-01")
                .containsEntry("plan", "gold")
                .containsEntry("city", "Pune");
        assertThat(customers.findByPhone("+14155550124").orElseThrow())
                .containsEntry("name", "Ben \"B\" Example")
                .containsEntry("emi_eligible", false)
                .doesNotContainKey("plan");
    }

    @Test
    void aLineThatIsWrongIsReportedAndTheOthersAreStored() throws IOException {
        Map<String, Object> report = read("""
                phone,name,emi_eligible
                +14155550101,Ada,true
                0999,Ben,true
                ,Cleo,true
                +14155550104,Dan,perhaps
                +14155550105,Eve
                +14155550106,"Fay"x,true
                +14155550107,Gus,no
                """);

        assertThat(report)
                .containsEntry("imported", 2)
                .containsEntry("updated", 0)
                .containsEntry("failed", 5);
        assertThat(errors(report)).extracting(error -> error.get("line")).containsExactly(3, 4, 5, 6, 7);
        assertThat(errors(report))
                .extracting(error -> error.get("field"))
                .containsExactly("phone", "phone", "emi_eligible", null, null);
        assertThat(String.valueOf(errors(report).get(0).get("detail"))).doesNotContain("0999");
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void theReportIsBoundedAndItsCountsAreNot() throws IOException {
        Map<String, Object> report = read("phone\n" + "x\n".repeat(1_500));
        assertThat(report).containsEntry("failed", 1_500);
        assertThat(errors(report)).hasSize(100);
    }

    @Test
    void theLaterOfTwoLinesWithOneNumberChangesTheEarlier() throws IOException {
        assertThat(read("phone,name\n+14155550101,Ada\n+1 415 555 0101,Ada L\n"))
                .isEqualTo(report(1, 1, 0, List.of()));
        assertThat(customers.findByPhone("+14155550101").orElseThrow()).containsEntry("name", "Ada L");
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void anImportTwiceIsAnImportOnce() throws IOException {
        String file = "phone,name\n"
                + IntStream.range(0, 1_203)
                        .mapToObj(i -> "+1415%07d,Name %d".formatted(i, i))
                        .collect(Collectors.joining("\n"));
        assertThat(read(file)).isEqualTo(report(1_203, 0, 0, List.of()));
        assertThat(read(file)).isEqualTo(report(0, 1_203, 0, List.of()));
        assertThat(count()).isEqualTo(1_203);
        assertThat(database.getCollection(StoreSchema.CUSTOMER_NUMBERS).countDocuments())
                .isEqualTo(1_203);
        assertThatThrownBy(() -> customers.insert(Map.of("phone", "+14150000007")))
                .isInstanceOf(PatchbayException.class);
    }

    @Test
    void aNumberThatSomebodyIsTakingIsReported() throws IOException {
        new Claims(database.getCollection(StoreSchema.CUSTOMER_NUMBERS), nobody(), java.time.Clock.systemUTC())
                .take("+14155550101", "somebody");
        Map<String, Object> report = read("phone\n+14155550100\n+14155550101\n");
        assertThat(report).containsEntry("imported", 1).containsEntry("failed", 1);
        assertThat(errors(report).get(0)).containsEntry("line", 3).containsEntry("field", "phone");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "name,city\nAda,Pune\n",
                "phone,phone\n",
                "phone,id\n",
                "phone,\n",
                "phone,a.b\n",
                "\"phone\"x\n",
                "phone,_revision\n"
            })
    void aFirstLineThatDoesNotNameFieldsIsRefused(String file) {
        assertThatThrownBy(() -> read(file))
                .isInstanceOfSatisfying(PatchbayException.class, e -> assertThat(e.category())
                        .isEqualTo(ErrorCategory.INVALID_REQUEST));
        assertThat(count()).isZero();
    }

    private Map<String, Object> read(String file) throws IOException {
        return imports.read(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), new ImportReport());
    }

    private long count() {
        return database.getCollection(StoreSchema.CUSTOMERS).countDocuments();
    }

    private static Map<String, Object> report(int imported, int updated, int failed, List<Object> errors) {
        return Map.of("imported", imported, "updated", updated, "failed", failed, "errors", errors);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> errors(Map<String, Object> report) {
        return (List<Map<String, Object>>) Objects.requireNonNull(report.get("errors"));
    }

    private static Claims.Records nobody() {
        return new Claims.Records() {
            @Override
            public boolean has(Object id, String value) {
                return false;
            }

            @Override
            public java.util.Optional<Object> holder(String value) {
                return java.util.Optional.empty();
            }
        };
    }
}
