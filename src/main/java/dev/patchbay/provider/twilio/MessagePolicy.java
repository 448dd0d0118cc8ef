package dev.patchbay.provider.twilio;

import dev.patchbay.call.PhoneNumber;
import dev.patchbay.settings.InvalidSettingException;
import dev.patchbay.settings.Setting;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What happens to messages that come in.
 *
 * @param reply {@code PATCHBAY_SMS_REPLY}: the text that every sender gets back; null: none
 * @param forwardTo {@code PATCHBAY_SMS_FORWARD_TO}: the phone that every message is forwarded to, E.164; null: none
 */
@ConfigurationProperties("patchbay.messages")
public record MessagePolicy(
        @Nullable String reply, @Nullable String forwardTo) {

    public MessagePolicy {
        reply = Setting.text(reply);
        forwardTo = Setting.text(forwardTo);
        if (forwardTo != null) {
            try {
                forwardTo = PhoneNumber.parse(forwardTo);
            } catch (IllegalArgumentException e) {
                throw new InvalidSettingException("PATCHBAY_SMS_FORWARD_TO", "is no number in E.164");
            }
        }
    }
}
