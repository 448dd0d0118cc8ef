package dev.patchbay.store;

import dev.patchbay.http.PublicOrigin;
import dev.patchbay.media.audio.EncodedAudio;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hosts audio at {@code /audio/{id}}, for routes; bean {@code hostedAudio}. */
public final class HostedAudio {

    private final AudioStore store;
    private final PublicOrigin origin;

    public HostedAudio(AudioStore store, PublicOrigin origin) {
        this.store = store;
        this.origin = origin;
    }

    /**
     * Keeps a piece of audio and says where it is, as the REST API does: {@code audio_url}, {@code expires_at} (ISO-8601),
     * {@code bytes}, {@code duration} (seconds, null where the bytes do not tell).
     */
    public Map<String, @Nullable Object> keep(EncodedAudio audio) {
        StoredAudio stored = store.keep(audio);
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("audio_url", origin.url("/audio/" + stored.id()));
        json.put("expires_at", stored.expiresAt().toString());
        json.put("bytes", stored.bytes());
        json.put(
                "duration",
                stored.duration().isPresent() ? Math.round(stored.duration().getAsDouble() * 1000) / 1000.0 : null);
        return json;
    }

    /** Fails with the reason when there is no room left, so that nobody pays a provider for audio that is lost. */
    public void requireRoom() {
        store.requireRoom(1);
    }
}
