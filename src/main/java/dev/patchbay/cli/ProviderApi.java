package dev.patchbay.cli;

import dev.patchbay.cli.Finding.State;
import dev.patchbay.cli.HttpProbe.Reply;
import dev.patchbay.cli.HttpProbe.Unreachable;
import dev.patchbay.settings.GatewaySettings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A provider that is known by one key.
 *
 * @param name also of its settings, {@code patchbay.provider.<name>.api-key} and {@code .api-base-url}
 * @param variable of the key
 * @param path of a cheap request that the key's owner may make
 * @param header that carries the key
 * @param value of that header, made of the key
 */
record ProviderApi(String name, String variable, String path, String header, UnaryOperator<String> value) {

    private static final UnaryOperator<String> BEARER = key -> "Bearer " + key;

    /** All but Twilio, which has more than a key. */
    static final List<ProviderApi> ALL = List.of(
            new ProviderApi("elevenlabs", "ELEVENLABS_API_KEY", "/v1/user", "xi-api-key", UnaryOperator.identity()),
            new ProviderApi("retell", "RETELL_API_KEY", "/get-concurrency", "Authorization", BEARER),
            new ProviderApi("daily", "DAILY_API_KEY", "/rooms?limit=1", "Authorization", BEARER),
            new ProviderApi("openai", "OPENAI_API_KEY", "/models", "Authorization", BEARER));

    /** Asks it; empty when this gateway does not know it. */
    Optional<Finding> ask(GatewaySettings settings, HttpProbe http) {
        String base = settings.text("patchbay.provider." + name + ".api-base-url");
        String key = settings.text("patchbay.provider." + name + ".api-key");
        if (base == null) {
            return Optional.empty();
        }
        if (key == null) {
            return Optional.of(new Finding("providers", name, State.OFF, "not configured: set " + variable));
        }
        return Optional.of(ask(name, http, base.replaceFirst("/+$", "") + path, Map.of(header, value.apply(key))));
    }

    /** Whether a provider is there and knows us. */
    static Finding ask(String name, HttpProbe http, String url, Map<String, String> headers) {
        try {
            Reply reply = http.get(URI.create(url), headers);
            if (reply.status() < 300) {
                return new Finding("providers", name, State.OK, "answers, and knows the credentials");
            }
            boolean credentials = reply.status() == 401 || reply.status() == 403;
            return new Finding(
                    "providers",
                    name,
                    State.WRONG,
                    (credentials ? "refuses the credentials: HTTP " : "answers HTTP ") + reply.status());
        } catch (Unreachable e) {
            return new Finding("providers", name, State.WRONG, e.getMessage());
        } catch (IllegalArgumentException e) {
            return new Finding("providers", name, State.WRONG, "its base URL or its credentials cannot be sent");
        }
    }
}
