package dev.patchbay.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.cli.HttpProbe.Reply;
import dev.patchbay.cli.HttpProbe.Unreachable;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A running ngrok, asked by its local API. */
final class Ngrok {

    static final String API = "http://127.0.0.1:4040/api/tunnels";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpProbe http;
    private final URI api;

    Ngrok(HttpProbe http, URI api) {
        this.http = http;
        this.api = api;
    }

    /** An open tunnel. @param target what it leads to, such as {@code http://localhost:8080} */
    private record Tunnel(URI origin, String target) {}

    /**
     * The https origin that leads to this port; when none says so, the only https tunnel there is.
     *
     * @throws Unreachable when no ngrok runs, or it has no tunnel that will do
     */
    URI origin(int port) throws Unreachable {
        List<Tunnel> tunnels = tunnels();
        Optional<URI> ours = tunnels.stream()
                .filter(tunnel -> tunnel.target().matches("(.*:)?" + port + "/?"))
                .map(Tunnel::origin)
                .findFirst();
        if (ours.isPresent()) {
            return ours.get();
        }
        if (tunnels.size() == 1) {
            return tunnels.get(0).origin();
        }
        throw new Unreachable(
                tunnels.isEmpty()
                        ? "ngrok runs but has no https tunnel: ngrok http " + port
                        : "ngrok has several tunnels and none to port " + port,
                new IllegalStateException());
    }

    private List<Tunnel> tunnels() throws Unreachable {
        Reply reply;
        try {
            reply = http.get(api, Map.of());
        } catch (Unreachable e) {
            throw new Unreachable("no ngrok at " + api + " (" + e.getMessage() + ")", e);
        }
        List<Tunnel> tunnels = new ArrayList<>();
        try {
            for (JsonNode tunnel : JSON.readTree(reply.body()).path("tunnels")) {
                if (tunnel.path("public_url").asText().startsWith("https://")) {
                    tunnels.add(new Tunnel(
                            URI.create(tunnel.path("public_url").asText().replaceFirst("/+$", "")),
                            tunnel.path("config").path("addr").asText()));
                }
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new Unreachable("what answers at " + api + " is no ngrok", e);
        }
        return tunnels;
    }
}
