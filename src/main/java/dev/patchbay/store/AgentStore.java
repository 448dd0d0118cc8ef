package dev.patchbay.store;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.UpdateOptions;
import dev.patchbay.agent.Agent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** The agents a call can go to, collection {@code agents}. All methods block: for worker threads only. */
public final class AgentStore {

    private final MongoCollection<Document> agents;

    public AgentStore(MongoDatabase database) {
        agents = database.getCollection(StoreSchema.AGENTS);
    }

    /** The agent with this id (ours, or the 24 hex digits of an ObjectId), or else with this name. */
    public Optional<Agent> find(String idOrName) {
        Document document = first("_id", idOrName);
        if (document == null && ObjectId.isValid(idOrName)) {
            document = first("_id", new ObjectId(idOrName));
        }
        return Optional.ofNullable(document == null ? first("name", idOrName) : document)
                .map(AgentDocuments::agent);
    }

    /** The agent that answers this number, E.164. */
    public Optional<Agent> findByPhone(String phone) {
        Document document = first(AgentDocuments.PHONE_NUMBER, phone);
        return Optional.ofNullable(document == null ? first(AgentDocuments.PHONE_NUMBER_OLD, phone) : document)
                .map(AgentDocuments::agent);
    }

    /** Stores an agent, in place of the one with its id. */
    public void save(Agent agent) {
        Object id = agent.id();
        if (ObjectId.isValid(agent.id()) && first("_id", new ObjectId(agent.id())) != null) {
            id = new ObjectId(agent.id());
        }
        agents.updateOne(new Document("_id", id), AgentDocuments.update(agent), new UpdateOptions().upsert(true));
    }

    /** All agents, by name. */
    public List<Agent> list() {
        List<Agent> all = agents.find().map(AgentDocuments::agent).into(new ArrayList<>());
        all.sort(Comparator.comparing(Agent::name));
        return all;
    }

    private @Nullable Document first(String field, Object value) {
        return agents.find(new Document(field, value)).first();
    }
}
