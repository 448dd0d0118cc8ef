package dev.patchbay.provider.twilio;

import com.twilio.type.PhoneNumber;
import com.twilio.type.Twiml;
import dev.patchbay.call.Placement;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Makes the headers of {@code twilio:call/creator} from the variable {@code placement}: typed, and only those that are
 * meant, because camel-twilio chooses the SDK's method by the names that are there.
 */
@Component("twilioPlacement")
public final class TwilioPlacementProcessor implements Processor {

    private static final List<String> CALL_EVENTS = List.of("initiated", "ringing", "answered", "completed");
    private static final List<String> RECORDING_EVENTS = List.of("in-progress", "completed", "absent");

    private final TwilioAccount account;

    public TwilioPlacementProcessor(TwilioAccount account) {
        this.account = account;
    }

    @Override
    public void process(Exchange exchange) {
        Placement placement =
                Objects.requireNonNull(exchange.getVariable("placement", Placement.class), "variable placement");
        Message message = exchange.getMessage();
        URI events = account.events(placement.id());
        set(message, "to", new PhoneNumber(placement.to()));
        set(message, "from", new PhoneNumber(placement.from()));
        if (placement.twiml() != null) {
            set(message, "twiml", new Twiml(placement.twiml()));
        } else {
            set(message, "url", URI.create(Objects.requireNonNull(placement.url(), "twiml or url")));
            set(message, "fallbackUrl", account.url("/webhooks/twilio/fallback"));
        }
        set(message, "statusCallback", events);
        set(message, "statusCallbackEvent", CALL_EVENTS);
        if (placement.record()) {
            set(message, "record", true);
            set(message, "recordingChannels", "dual");
            set(message, "recordingStatusCallback", events.toString());
            set(message, "recordingStatusCallbackEvent", RECORDING_EVENTS);
        }
        if (placement.machineDetection() != null) {
            set(message, "machineDetection", placement.machineDetection());
            set(message, "asyncAmd", "true"); // the call goes on meanwhile
            set(message, "asyncAmdStatusCallback", events);
        }
        if (placement.timeLimit() != null) {
            set(message, "timeLimit", placement.timeLimit());
        }
    }

    private static void set(Message message, String name, Object value) {
        message.setHeader("CamelTwilio." + name, value);
    }
}
