package dev.patchbay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoDatabase;
import dev.patchbay.agent.Agent;
import dev.patchbay.agent.AgentLimits;
import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedDatabase.class)
class AgentStoreIT {

    private static final String PHONE = "+14155550123";

    private final MongoDatabase database;
    private final AgentStore agents;

    AgentStoreIT(MongoDatabase database) {
        this.database = database;
        agents = new AgentStore(database);
    }

    @Test
    void anAgentIsReadAsItWasStored() {
        AgentLimits limits =
                new AgentLimits(Duration.ofMinutes(10), Duration.ofSeconds(30), null, Duration.ofMillis(1_500), false);
        Agent agent = new Agent(
                "dues", "Dues", "elevenlabs", PHONE, "retell_1", "agent_1", "Hello", "hi-IN", "voice_1", limits);
        agents.save(agent);
        assertThat(agents.find("dues")).contains(agent);
        assertThat(agents.find("Dues")).contains(agent);
        assertThat(agents.findByPhone(PHONE)).contains(agent);
        assertThat(agents.find("other")).isEmpty();
        assertThat(agents.findByPhone("anonymous")).isEmpty();
    }

    @Test
    void anotherSaveReplacesTheAgent() {
        agents.save(agent("general", "Zoe", PHONE));
        agents.save(agent("general", "General", null));
        agents.save(agent("dues", "Dues", null));
        assertThat(agents.findByPhone(PHONE)).isEmpty();
        assertThat(agents.list(null, 50).items())
                .containsExactly(agent("general", "General", null), agent("dues", "Dues", null));
    }

    @Test
    void anAgentOfTheOlderApplicationIsReadAndKeptUnderItsObjectId() {
        ObjectId id = new ObjectId();
        database.getCollection("agents")
                .insertOne(new Document("_id", id)
                        .append("name", "Support")
                        .append("phoneNumber", PHONE)
                        .append("retellAgentId", "retell_1")
                        .append("prompt", "Be kind"));
        Agent read = agents.find(id.toHexString()).orElseThrow();
        assertThat(read)
                .isEqualTo(new Agent(
                        id.toHexString(),
                        "Support",
                        "retell",
                        PHONE,
                        "retell_1",
                        null,
                        null,
                        null,
                        null,
                        AgentLimits.DEFAULT));
        assertThat(agents.findByPhone(PHONE)).contains(read);

        Agent moved = agent(id.toHexString(), "Support", "+14155550199");
        agents.save(moved);
        assertThat(agents.list(null, 50).items()).containsExactly(moved);
        assertThat(agents.findByPhone(PHONE)).isEmpty();
        Document kept = database.getCollection("agents").find().first();
        assertThat(kept).containsEntry("_id", id).containsEntry("prompt", "Be kind");
    }

    @Test
    void aNumberAndANameBelongToOneAgent() {
        agents.insert(agent("one", "Dues", PHONE));
        assertConflict("phone_number", () -> agents.insert(agent("two", "Sales", PHONE)));
        assertConflict("name", () -> agents.insert(agent("two", "Dues", null)));
        assertConflict("id", () -> agents.insert(agent("one", "Sales", null)));
        agents.insert(agent("two", "Sales", "+14155550199"));
        assertConflict("phone_number", () -> agents.update("two", old -> agent("two", "Sales", PHONE)));
        assertThat(agents.find("two")).contains(agent("two", "Sales", "+14155550199"));

        agents.update("Dues", old -> agent("one", "Dues", null));
        agents.update("two", old -> agent("two", "Sales", PHONE));
        assertThat(agents.findByPhone(PHONE)).contains(agent("two", "Sales", PHONE));
        assertThat(agents.delete("Sales")).isTrue();
        assertThat(agents.delete("Sales")).isFalse();
        assertThat(ids("agent_numbers")).isEmpty();
        assertThat(ids("agent_names")).containsExactly("Dues");
    }

    @Test
    void aNumberOfTheOlderApplicationIsTaken() {
        ObjectId id = new ObjectId();
        database.getCollection("agents")
                .insertOne(new Document("_id", id)
                        .append("name", "Support")
                        .append("phoneNumber", PHONE)
                        .append("retellAgentId", "retell_1"));
        assertConflict("phone_number", () -> agents.insert(agent("one", "Dues", PHONE)));
        assertConflict("phone_number", () -> agents.insert(agent("one", "Dues", PHONE)));
        assertThat(agents.findByPhone(PHONE))
                .hasValueSatisfying(agent -> assertThat(agent.id()).isEqualTo(id.toHexString()));
        assertThat(agents.delete(id.toHexString())).isTrue();
        agents.insert(agent("one", "Dues", PHONE));
    }

    @Test
    void aProcessThatDiedBetweenClaimAndRecordBlocksNobodyForLong() {
        agents.insert(agent("one", "Dues", PHONE));
        // As after a death: the claim was made and the record is not there.
        database.getCollection("agents").deleteOne(new Document("_id", "one"));
        assertConflict("name", () -> agents.insert(agent("two", "Dues", PHONE)));

        AgentStore later = new AgentStore(database, Clock.offset(Clock.systemUTC(), Claims.GRACE.plusSeconds(1)));
        assertThat(later.findByPhone(PHONE)).isEmpty();
        later.insert(agent("two", "Dues", PHONE));
        assertThat(later.findByPhone(PHONE)).contains(agent("two", "Dues", PHONE));
        assertConflict("name", () -> later.insert(agent("one", "Dues", null)));
    }

    @Test
    void aProcessThatDiedBetweenRecordAndFreeingLeavesTheOldNumberToTheNext() {
        agents.insert(agent("one", "Dues", PHONE));
        // As after a death: the record has another number, and its old one was not freed.
        database.getCollection("agents")
                .updateOne(new Document("_id", "one"), new Document("$unset", new Document("phone_number", "")));
        assertThat(agents.findByPhone(PHONE)).isEmpty();

        AgentStore later = new AgentStore(database, Clock.offset(Clock.systemUTC(), Claims.GRACE.plusSeconds(1)));
        later.insert(agent("two", "Sales", PHONE));
        assertThat(later.findByPhone(PHONE)).contains(agent("two", "Sales", PHONE));
    }

    private static void assertConflict(String field, ThrowingCallable write) {
        assertThatThrownBy(write)
                .isInstanceOfSatisfying(
                        PatchbayException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.CONFLICT))
                .hasMessageStartingWith(field)
                .hasMessageNotContaining("0123");
    }

    private List<Object> ids(String collection) {
        return database.getCollection(collection)
                .find()
                .map(document -> document.get("_id"))
                .into(new ArrayList<>());
    }

    @Test
    void aDocumentWithoutProviderIsRetellsUnlessItHasElevenLabsId() {
        database.getCollection("agents")
                .insertMany(List.of(
                        new Document("_id", "half").append("name", "Half made"),
                        new Document("_id", "eleven").append("elevenlabsAgentId", "agent_1")));

        assertThat(agents.find("half").orElseThrow().provider()).isEqualTo("retell");
        assertThat(agents.find("eleven").orElseThrow().provider()).isEqualTo("elevenlabs");
    }

    @Test
    void idsOfBothKindsAreFoundWhateverTheirOrder() {
        List<String> texts = List.of("b", "a", "507f1f77bcf86cd799439011", "z".repeat(40), "c".repeat(12), "general");
        List<ObjectId> others = List.of(
                new ObjectId("507f1f77bcf86cd7994390aa"),
                new ObjectId("000000000000000000000001"),
                new ObjectId("ffffffffffffffffffffffff"));
        for (int i = 0; i < texts.size(); i++) {
            agents.insert(agent(texts.get(i), "text " + i, null));
            if (i < others.size()) {
                database.getCollection("agents").insertOne(new Document("_id", others.get(i)));
            }
        }

        assertThat(texts).allSatisfy(id -> assertThat(agents.find(id)).isPresent());
        assertThat(others)
                .allSatisfy(id -> assertThat(agents.find(id.toHexString())).isPresent());
    }

    private static Agent agent(String id, String name, @Nullable String phone) {
        return new Agent(id, name, "elevenlabs", phone, null, "agent_1", null, null, null, AgentLimits.DEFAULT);
    }
}
