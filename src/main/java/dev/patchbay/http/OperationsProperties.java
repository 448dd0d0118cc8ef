package dev.patchbay.http;

import dev.patchbay.settings.InvalidSettingException;
import dev.patchbay.settings.Setting;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Who may use the operations plane: both set, or neither.
 *
 * @param user name for HTTP basic ({@code PATCHBAY_OPS_USER})
 * @param password password for HTTP basic ({@code PATCHBAY_OPS_PASSWORD})
 */
@ConfigurationProperties("patchbay.operations")
public record OperationsProperties(
        @Nullable String user, @Nullable String password) {

    public OperationsProperties {
        user = Setting.text(user);
        password = Setting.text(password);
        if (user != null && password == null) {
            throw new InvalidSettingException("PATCHBAY_OPS_PASSWORD", "is missing while PATCHBAY_OPS_USER is set");
        }
        if (user == null && password != null) {
            throw new InvalidSettingException("PATCHBAY_OPS_USER", "is missing while PATCHBAY_OPS_PASSWORD is set");
        }
        if (user != null && user.indexOf(':') >= 0) {
            throw new InvalidSettingException("PATCHBAY_OPS_USER", "must not contain a colon (HTTP basic)");
        }
    }

    @Override
    public String toString() {
        return "OperationsProperties[user=%s, password=%s]".formatted(user, Setting.hidden(password));
    }
}
