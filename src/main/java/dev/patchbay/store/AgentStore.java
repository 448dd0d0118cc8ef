package dev.patchbay.store;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.UpdateOptions;
import dev.patchbay.agent.Agent;
import dev.patchbay.error.PatchbayException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The agents a call can go to, collection {@code agents}. A name and a phone number belong to one agent: collections
 * {@code agent_names} and {@code agent_numbers} ({@link Claims}). All methods block: for worker threads only.
 */
public final class AgentStore {

    private static final String NAME = "name";
    private static final String REVISION = "_revision";

    private final MongoCollection<Document> agents;
    private final Claims names;
    private final Claims numbers;

    public AgentStore(MongoDatabase database) {
        this(database, Clock.systemUTC());
    }

    AgentStore(MongoDatabase database, Clock clock) {
        agents = database.getCollection(StoreSchema.AGENTS);
        names = new Claims(database.getCollection(StoreSchema.AGENT_NAMES), new With(NAME, NAME), clock);
        numbers = new Claims(
                database.getCollection(StoreSchema.AGENT_NUMBERS),
                new With(AgentDocuments.PHONE_NUMBER, AgentDocuments.PHONE_NUMBER_OLD),
                clock);
    }

    /** The agent with this id (ours, or the 24 hex digits of an ObjectId), or else with this name. */
    public Optional<Agent> find(String idOrName) {
        return Optional.ofNullable(document(idOrName)).map(AgentDocuments::agent);
    }

    /** The agent that answers this number, E.164. */
    public Optional<Agent> findByPhone(String phone) {
        With number = new With(AgentDocuments.PHONE_NUMBER, AgentDocuments.PHONE_NUMBER_OLD);
        return Optional.ofNullable(numbers.owner(phone))
                .filter(id -> number.has(id, phone))
                .or(() -> number.holder(phone))
                .map(id -> agents.find(new Document("_id", id)).first())
                .map(AgentDocuments::agent);
    }

    /** Agents, newest first; the cursor is the one of the page before. */
    public Page<Agent> list(@Nullable String cursor, int limit) {
        return RecordIds.newestFirst(agents, cursor, limit, AgentDocuments::agent);
    }

    /**
     * Stores a new agent.
     *
     * @throws PatchbayException {@code CONFLICT} when its id, name or number is another one's
     */
    public Agent insert(Agent agent) {
        Object id = RecordIds.key(agent.id());
        if (byId(agent.id()) != null) {
            throw taken("id");
        }
        try (ClaimedWrite write = claimed(id, null, agent)) {
            Document document = new Document("_id", id).append(REVISION, 0);
            document.putAll(AgentDocuments.update(agent).get("$set", Document.class));
            agents.insertOne(document);
            write.done();
            return AgentDocuments.agent(document);
        } catch (MongoWriteException e) {
            throw e.getError().getCategory() == ErrorCategory.DUPLICATE_KEY ? taken("id") : e;
        }
    }

    /**
     * Changes the agent with this id or name; {@code change} may run more than once.
     *
     * @return the agent as it is now; empty when there is none
     * @throws PatchbayException {@code CONFLICT} when its name or number is another one's
     */
    public Optional<Agent> update(String idOrName, UnaryOperator<Agent> change) {
        while (true) {
            Document before = document(idOrName);
            if (before == null) {
                return Optional.empty();
            }
            Agent old = AgentDocuments.agent(before);
            Agent now = change.apply(old);
            Object id = RecordIds.of(before);
            try (ClaimedWrite write = claimed(id, old, now)) {
                Document unchanged = new Document("_id", id).append(REVISION, before.get(REVISION));
                Document update = AgentDocuments.update(now).append("$inc", new Document(REVISION, 1));
                if (agents.updateOne(unchanged, update).getMatchedCount() == 1) {
                    write.done();
                    return Optional.of(now);
                }
            }
        }
    }

    /** Deletes the agent with this id or name. @return whether there was one */
    public boolean delete(String idOrName) {
        Document document = document(idOrName);
        if (document == null) {
            return false;
        }
        Object id = RecordIds.of(document);
        try (ClaimedWrite write = claimed(id, AgentDocuments.agent(document), null)) {
            boolean deleted = agents.deleteOne(new Document("_id", id)).getDeletedCount() == 1;
            write.done();
            return deleted;
        }
    }

    /**
     * Stores an agent, in place of the one with its id.
     *
     * @throws PatchbayException {@code CONFLICT} when its name or number is another one's
     */
    public void save(Agent agent) {
        Document before = byId(agent.id());
        Object id = before == null ? agent.id() : RecordIds.of(before);
        try (ClaimedWrite write = claimed(id, before == null ? null : AgentDocuments.agent(before), agent)) {
            Document update = AgentDocuments.update(agent).append("$inc", new Document(REVISION, 1));
            agents.updateOne(new Document("_id", id), update, new UpdateOptions().upsert(true));
            write.done();
        }
    }

    private ClaimedWrite claimed(Object id, @Nullable Agent before, @Nullable Agent now) {
        return new ClaimedWrite(id)
                .change(NAME, names, before == null ? null : before.name(), now == null ? null : now.name())
                .change(
                        AgentDocuments.PHONE_NUMBER,
                        numbers,
                        before == null ? null : before.phoneNumber(),
                        now == null ? null : now.phoneNumber());
    }

    private @Nullable Document document(String idOrName) {
        Document document = byId(idOrName);
        if (document != null) {
            return document;
        }
        With name = new With(NAME, NAME);
        return Optional.ofNullable(names.owner(idOrName))
                .filter(id -> name.has(id, idOrName))
                .or(() -> name.holder(idOrName))
                .map(id -> agents.find(new Document("_id", id)).first())
                .orElse(null);
    }

    private @Nullable Document byId(String id) {
        Document document = agents.find(new Document("_id", id)).first();
        return document == null && ObjectId.isValid(id)
                ? agents.find(new Document("_id", new ObjectId(id))).first()
                : document;
    }

    private static PatchbayException taken(String field) {
        return new PatchbayException(
                dev.patchbay.error.ErrorCategory.CONFLICT, null, field + " is another one's already");
    }

    /** The agents with a value in one of two fields: ours, or that of the older application. */
    private final class With implements Claims.Records {

        private final String field;
        private final String older;

        private With(String field, String older) {
            this.field = field;
            this.older = older;
        }

        @Override
        public boolean has(Object id, String value) {
            Document document = agents.find(new Document("_id", id)).first();
            return document != null && (value.equals(document.get(field)) || value.equals(document.get(older)));
        }

        @Override
        public Optional<Object> holder(String value) {
            return Optional.ofNullable(agents.find(new Document(
                                    "$or", List.of(new Document(field, value), new Document(older, value))))
                            .first())
                    .map(document -> document.get("_id"));
        }
    }
}
