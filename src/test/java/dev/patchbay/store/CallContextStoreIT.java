package dev.patchbay.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedDatabase.class)
class CallContextStoreIT {

    private static final Instant NOW = Instant.parse("2025-01-02T03:04:05.678Z");
    private static final Map<String, Object> CONTEXT = Map.of("name", "Asha", "emi_eligible", true);

    private final MongoDatabase database;
    private final CallContextStore contexts;

    CallContextStoreIT(MongoDatabase database) {
        this.database = database;
        contexts = at(NOW);
    }

    @Test
    void aContextIsFoundByCallSid() {
        contexts.put("CA1", "general", CONTEXT);
        assertThat(contexts.find("CA1")).contains(new CallContext("CA1", "general", CONTEXT));
        assertThat(contexts.find("CA2")).isEmpty();
    }

    @Test
    void anotherPutReplacesIt() {
        contexts.put("CA1", "general", CONTEXT);
        contexts.put("CA1", "dues", Map.of("name", "Valued Customer"));
        assertThat(contexts.find("CA1")).contains(new CallContext("CA1", "dues", Map.of("name", "Valued Customer")));
    }

    @Test
    void itsHourIsCheckedWhenItIsRead() {
        contexts.put("CA1", "general", CONTEXT);
        assertThat(at(NOW.plus(Duration.ofHours(1)).minusMillis(1)).find("CA1")).isPresent();
        assertThat(at(NOW.plus(Duration.ofHours(1))).find("CA1")).isEmpty();
    }

    @Test
    void aSweepRemovesOnlyWhatHasExpired() {
        contexts.put("CA1", "general", CONTEXT);
        at(NOW.plusSeconds(60)).put("CA2", "general", CONTEXT);
        assertThat(at(NOW.plus(Duration.ofHours(1))).sweep()).isEqualTo(1);
        assertThat(contexts.find("CA1")).isEmpty();
        assertThat(contexts.find("CA2")).isPresent();
    }

    private CallContextStore at(Instant now) {
        return new CallContextStore(database, Clock.fixed(now, ZoneOffset.UTC));
    }
}
