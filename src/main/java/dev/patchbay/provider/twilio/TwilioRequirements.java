package dev.patchbay.provider.twilio;

import dev.patchbay.http.PublicPlaneProperties;
import dev.patchbay.settings.InvalidSettingException;
import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/**
 * Refuses to start with settings that would let anyone in, or answer no call: unsigned webhooks outside the sandbox, and
 * a Twilio account without a public URL to sign, call back and stream to.
 */
@Configuration(proxyBeanMethods = false)
public class TwilioRequirements {

    private static final Logger LOG = LoggerFactory.getLogger(TwilioRequirements.class);

    /**
     * @throws InvalidSettingException as said above
     */
    public TwilioRequirements(TwilioProperties twilio, PublicPlaneProperties http, Environment environment) {
        boolean sandbox = environment.acceptsProfiles(Profiles.of("sandbox"));
        if (!twilio.validateSignature() && !sandbox) {
            throw new InvalidSettingException("TWILIO_VALIDATE_SIGNATURE", "may be false in the sandbox profile only");
        }
        URI origin = http.publicOrigin(twilio.webhookUrl());
        if (twilio.isConfigured() && origin == null && !sandbox) {
            throw new InvalidSettingException(
                    "WEBHOOK_BASE_URL", "must be set with Twilio, such as https://voice.example.com");
        }
        if (origin != null && "http".equals(origin.getScheme()) && !sandbox) {
            LOG.warn("The public URL {} is not https: calls and their audio travel in the clear", origin);
        }
        if (!twilio.isConfigured() && twilio.missing().size() < 3) {
            LOG.warn("Twilio is off: {} is not set", String.join(", ", twilio.missingCredentials()));
        } else if (twilio.isConfigured() && !twilio.missing().isEmpty()) {
            LOG.warn("Calls come in, but no call and no message goes out: TWILIO_PHONE_NUMBER is not set");
        }
    }
}
