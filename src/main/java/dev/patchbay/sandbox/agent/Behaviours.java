package dev.patchbay.sandbox.agent;

import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The behaviours by name. */
final class Behaviours {
    private static final int MOST_CALLS = 1_000;
    private static final int HUGE_BYTES = 17 * 1024 * 1024;
    private static final long SLOW_READER_MILLIS = 5_000;

    private final Map<String, Function<AgentSocket, AgentBehaviour>> byName = Map.ofEntries(
            Map.entry("parrot", Parrot::new),
            Map.entry("greeter", Greeter::new),
            Map.entry("flaky-refuse", Parrot::new),
            Map.entry("flaky-mute", socket -> new SilentAgent(socket, false)),
            Map.entry("flaky-stall", socket -> new SilentAgent(socket, true)),
            Map.entry("flaky-drop", Behaviours::dropping),
            Map.entry("flaky-drop-once", this::droppingOnce),
            Map.entry("flaky-close", socket -> new EndingAgent(socket, () -> socket.close(1000, "Goodbye"))),
            Map.entry("flaky-junk", socket -> new PrefacedParrot(new Parrot(socket), () -> Junk.send(socket))),
            Map.entry("flaky-huge", socket -> new PrefacedParrot(new Parrot(socket), () -> sendHuge(socket))),
            Map.entry("flaky-forbid", socket -> new ForbiddingAgent(socket, new Parrot(socket))),
            Map.entry("flaky-tool", socket -> new ToolCallingAgent(socket, new Parrot(socket))),
            Map.entry(
                    "flaky-slow-reader",
                    socket -> new PrefacedParrot(new Parrot(socket), () -> socket.stopReading(SLOW_READER_MILLIS))));

    private final Set<String> callsDropped =
            Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                    return size() > MOST_CALLS;
                }
            }));

    boolean knows(String name) {
        return byName.containsKey(name);
    }

    /** Whether the upgrade itself is refused (HTTP 403). */
    static boolean refuses(String name) {
        return name.equals("flaky-refuse");
    }

    /** @throws IllegalArgumentException when there is no such behaviour */
    AgentBehaviour create(AgentSocket socket) {
        String name = socket.agent().behaviour();
        var factory = byName.get(name);
        if (factory == null) {
            throw new IllegalArgumentException("unknown agent behaviour: " + name);
        }
        return factory.apply(socket);
    }

    private static AgentBehaviour dropping(AgentSocket socket) {
        return new EndingAgent(socket, socket::drop);
    }

    private AgentBehaviour droppingOnce(AgentSocket socket) {
        return new ChosenAtInitiation(init -> callsDropped.add(callOf(init)) ? dropping(socket) : new Parrot(socket));
    }

    private static String callOf(JsonObject init) {
        Object callSid =
                init.getJsonObject("dynamic_variables", new JsonObject()).getValue("call_sid");
        return String.valueOf(callSid != null ? callSid : init.getValue("user_id"));
    }

    private static void sendHuge(AgentSocket socket) {
        socket.audio(new byte[HUGE_BYTES / 4 * 3]);
    }
}
