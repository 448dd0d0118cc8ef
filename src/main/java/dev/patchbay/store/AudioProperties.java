package dev.patchbay.store;

import dev.patchbay.settings.InvalidSettingException;
import dev.patchbay.settings.Setting;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Hosted audio, such as generated speech.
 *
 * @param lifetime how long a piece can be fetched ({@code PATCHBAY_AUDIO_LIFETIME})
 * @param quota of all pieces together ({@code PATCHBAY_AUDIO_QUOTA}); what would go beyond is refused
 */
@ConfigurationProperties("patchbay.audio")
public record AudioProperties(
        @DefaultValue("24h") Duration lifetime,
        @DefaultValue("512MB") DataSize quota) {

    public AudioProperties {
        Setting.positive("PATCHBAY_AUDIO_LIFETIME", lifetime);
        if (quota.toBytes() <= 0) {
            throw new InvalidSettingException("PATCHBAY_AUDIO_QUOTA", "must be a size above zero, such as 512MB");
        }
    }
}
