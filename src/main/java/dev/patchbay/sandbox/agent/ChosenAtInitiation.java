package dev.patchbay.sandbox.agent;

import io.vertx.core.json.JsonObject;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A behaviour that depends on what the client's initiation says. */
final class ChosenAtInitiation implements AgentBehaviour {
    private final Function<JsonObject, AgentBehaviour> choice;
    private @Nullable AgentBehaviour chosen;

    ChosenAtInitiation(Function<JsonObject, AgentBehaviour> choice) {
        this.choice = choice;
    }

    @Override
    public void initiated(JsonObject init) {
        AgentBehaviour behaviour = choice.apply(init);
        chosen = behaviour;
        behaviour.initiated(init);
    }

    @Override
    public void heard(byte[] audio) {
        if (chosen != null) {
            chosen.heard(audio);
        }
    }

    @Override
    public void told(String text) {
        if (chosen != null) {
            chosen.told(text);
        }
    }
}
