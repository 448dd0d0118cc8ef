package dev.patchbay.provider.twilio;

import com.twilio.type.PhoneNumber;
import com.twilio.type.Twiml;
import java.net.URI;

/** Values in the SDK's types, as the headers {@code CamelTwilio.*} need them; a text would choose the wrong setter. */
public final class TwilioTypes {

    private final TwilioAccount account;

    public TwilioTypes(TwilioAccount account) {
        this.account = account;
    }

    public PhoneNumber number(String e164) {
        return new PhoneNumber(e164);
    }

    public Twiml twiml(String document) {
        return new Twiml(document);
    }

    /** Where Twilio reports what becomes of a message. */
    public URI events() {
        return account.events();
    }
}
