package dev.patchbay.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoDatabase;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.store.CampaignStore.CampaignCall;
import dev.patchbay.store.CampaignStore.DueCall;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A campaign's file: whom it calls, in which order, and what is wrong with it. */
@ExtendWith(EmbeddedDatabase.class)
class CampaignImportIT {

    private final CampaignStore campaigns;
    private final CampaignImport files;

    CampaignImportIT(MongoDatabase database) {
        campaigns = new CampaignStore(database);
        files = new CampaignImport(campaigns, Clock.systemUTC());
    }

    private Map<String, @Nullable Object> read(String csv) throws IOException {
        return files.read(new ByteArrayInputStream(csv.getBytes(UTF_8)), "parrot");
    }

    private List<CampaignCall> calls(Map<String, @Nullable Object> answer) {
        return campaigns.list(String.valueOf(answer.get("id")), 1_000_000);
    }

    private Optional<DueCall> take() {
        return campaigns.take(Instant.now(), Duration.ofMinutes(1));
    }

    @Test
    void everyLineIsACallAndItsColumnsAreToldToTheAgent() throws Exception {
        Map<String, @Nullable Object> answer = read("""
                phone,name,time_zone,emi_eligible
                +1 415 555 0101,"Ada, Example",,yes
                +4930123456,Ben,Europe/Berlin,
                """);

        assertThat(answer).containsEntry("calls", 2).containsEntry("failed", 0);
        assertThat(calls(answer))
                .extracting(CampaignCall::phone, CampaignCall::zone, CampaignCall::context, CampaignCall::attempts)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "+14155550101", null, Map.of("name", "Ada, Example", "emi_eligible", true), 0),
                        org.assertj.core.groups.Tuple.tuple("+4930123456", "Europe/Berlin", Map.of("name", "Ben"), 0));
        assertThat(take())
                .hasValueSatisfying(due -> assertThat(due.call().phone()).isEqualTo("+14155550101"));
        assertThat(take())
                .hasValueSatisfying(due -> assertThat(due.call().phone()).isEqualTo("+4930123456"));
        assertThat(take()).isEmpty();
    }

    @Test
    void linesThatAreWrongAreReportedAndLeftOut() throws Exception {
        Map<String, @Nullable Object> answer = read("""
                phone,time_zone
                12,
                +14155550101,Mars/Olympus
                +14155550102
                +14155550103,
                +1-415-555-0103,
                """);

        assertThat(answer).containsEntry("calls", 1).containsEntry("failed", 4);
        assertThat((List<?>) answer.get("errors"))
                .extracting(error -> ((Map<?, ?>) error).get("line"), error -> ((Map<?, ?>) error).get("field"))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(2, "phone"),
                        org.assertj.core.groups.Tuple.tuple(3, "time_zone"),
                        org.assertj.core.groups.Tuple.tuple(4, null),
                        org.assertj.core.groups.Tuple.tuple(6, "phone"));
    }

    @Test
    void aFileThatBreaksOffIsNoCampaign() {
        StringBuilder csv = new StringBuilder("phone\n");
        for (int i = 0; i < 1_200; i++) {
            csv.append("+1415555").append(1_000 + i).append('\n');
        }
        InputStream broken =
                new SequenceInputStream(new ByteArrayInputStream(csv.toString().getBytes(UTF_8)), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("gone");
                    }
                });

        assertThatThrownBy(() -> files.read(broken, "parrot")).isInstanceOf(IOException.class);
        assertThat(take()).isEmpty();
    }

    @Test
    void aFileWithoutNumbersIsRefused() {
        assertThatThrownBy(() -> read("name\nAda\n"))
                .isInstanceOf(PatchbayException.class)
                .hasMessageContaining("phone is missing");
    }

    @Test
    void aLargeFileIsReadWhole() throws Exception {
        StringBuilder csv = new StringBuilder("phone,n\n");
        for (int i = 0; i < 1_234; i++) {
            csv.append("+1415555").append(1_000 + i).append(',').append(i).append('\n');
        }

        Map<String, @Nullable Object> answer = read(csv.toString());

        assertThat(answer).containsEntry("calls", 1_234);
        assertThat(calls(answer)).hasSize(1_234);
        for (int i = 0; i < 1_234; i++) {
            assertThat(take().orElseThrow().call().context()).containsEntry("n", String.valueOf(i));
        }
    }
}
