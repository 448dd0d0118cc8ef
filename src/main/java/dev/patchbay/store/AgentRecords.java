package dev.patchbay.store;

import dev.patchbay.agent.Agent;
import dev.patchbay.agent.AgentJson;
import dev.patchbay.call.Ids;
import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.http.JsonBody;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stored agents as the REST API shows and takes them (DESIGN section 5, "Shapes"). Agents that come with the
 * configuration ({@code general}, {@code echo}) are not among them.
 */
public final class AgentRecords {

    private final AgentStore agents;

    public AgentRecords(AgentStore agents) {
        this.agents = agents;
    }

    /** Agents, newest first. */
    public Map<String, @Nullable Object> list(@Nullable String cursor, @Nullable String limit) {
        ListQuery query = ListQuery.of(cursor, limit);
        return ListQuery.shape("agents", agents.list(query.cursor(), query.limit()), AgentJson::of);
    }

    /** One agent, by id or name. */
    public Map<String, @Nullable Object> get(String id) {
        return AgentJson.of(agents.find(id).orElseThrow(() -> missing(id)));
    }

    /** Stores a new agent. Its id is ours, unless the body brings one. */
    public Map<String, @Nullable Object> create(@Nullable String body) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>(JsonBody.read(body));
        if (json.get("id") == null && json.get("_id") == null) {
            json.put("id", Ids.next());
        }
        return AgentJson.of(agents.insert(AgentJson.read(json)));
    }

    /**
     * Changes an agent.
     *
     * @param method {@code PATCH} keeps the fields that the body does not give; {@code PUT} replaces them all
     */
    public Map<String, @Nullable Object> update(String id, @Nullable String body, String method) {
        Map<String, @Nullable Object> json = JsonBody.read(body);
        return AgentJson.of(agents.update(id, old -> changed(old, json, method)).orElseThrow(() -> missing(id)));
    }

    /** Deletes an agent. */
    public void delete(String id) {
        if (!agents.delete(id)) {
            throw missing(id);
        }
    }

    private static Agent changed(Agent old, Map<String, @Nullable Object> json, String method) {
        return method.equals("PATCH") ? AgentJson.changed(old, json) : AgentJson.read(json, old.id(), old.limits());
    }

    private static PatchbayException missing(String id) {
        return new PatchbayException(ErrorCategory.NOT_FOUND, null, "No agent " + id);
    }
}
