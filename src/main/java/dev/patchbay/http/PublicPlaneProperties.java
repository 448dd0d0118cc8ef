package dev.patchbay.http;

import dev.patchbay.settings.Setting;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the public plane listens, how the world reaches it and who may use its API.
 *
 * @param port TCP port ({@code PATCHBAY_HTTP_PORT}); 0 takes a free one
 * @param host address to bind ({@code PATCHBAY_HTTP_HOST}); null binds all
 * @param publicUrl origin that providers reach us at ({@code WEBHOOK_BASE_URL}), without a slash at its end
 * @param apiKeys entries {@code name:key} ({@code PATCHBAY_API_KEYS}); empty leaves the API to this machine alone
 * @param rateLimit REST requests of one key in a minute ({@code PATCHBAY_RATE_LIMIT})
 */
@ConfigurationProperties("patchbay.http")
public record PublicPlaneProperties(
        int port, @Nullable String host, @Nullable URI publicUrl, List<String> apiKeys, int rateLimit) {

    public PublicPlaneProperties {
        port = Setting.port("PATCHBAY_HTTP_PORT", port);
        host = Setting.text(host);
        publicUrl = Setting.origin("WEBHOOK_BASE_URL", publicUrl);
        apiKeys = Setting.list(apiKeys);
        ApiKeys.of(apiKeys); // refuses wrong entries at the start
        rateLimit = Setting.atLeastOne("PATCHBAY_RATE_LIMIT", rateLimit);
    }

    /**
     * The origin that providers reach us at: the configured one, else that of the webhook URL given to one of them.
     *
     * @param webhook a public URL of ours that a provider is told; null when there is none
     */
    public @Nullable URI publicOrigin(@Nullable URI webhook) {
        if (publicUrl != null || webhook == null) {
            return publicUrl;
        }
        return URI.create(webhook.getScheme() + "://" + webhook.getRawAuthority());
    }

    @Override
    public String toString() {
        return "PublicPlaneProperties[port=%d, host=%s, publicUrl=%s, apiKeys=%d, rateLimit=%d]"
                .formatted(port, host, publicUrl, apiKeys.size(), rateLimit);
    }
}
