package dev.patchbay.sandbox;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.agent.AgentJson;
import dev.patchbay.route.RoutesProperties;
import dev.patchbay.store.AgentStore;
import dev.patchbay.store.CustomerStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Loads the sandbox's customers and agents, which engineers edit beside its routes. */
final class SandboxData {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path dir;

    SandboxData(RoutesProperties routes) {
        this.dir = routes.dir().resolve("sandbox");
    }

    /** Saves what is in {@code customers.json} and {@code agents.json}; a file that is not there is left out. */
    void load(CustomerStore customers, AgentStore agents) throws IOException {
        for (Map<String, Object> customer : read("customers.json")) {
            customers.save(customer);
        }
        for (Map<String, Object> agent : read("agents.json")) {
            agents.save(AgentJson.read(agent));
        }
    }

    private List<Map<String, Object>> read(String name) throws IOException {
        Path file = dir.resolve(name);
        return Files.exists(file) ? JSON.readValue(file.toFile(), new TypeReference<>() {}) : List.of();
    }
}
