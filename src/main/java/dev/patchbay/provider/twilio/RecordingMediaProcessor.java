package dev.patchbay.provider.twilio;

import dev.patchbay.call.Recording;
import dev.patchbay.provider.ProviderStream;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Makes the media of the variable {@code recording} the answer: whole, or the part that the variable {@code range} asks
 * for. In YAML: {@code process: {ref: recordingMedia}}.
 */
@Component("recordingMedia")
public final class RecordingMediaProcessor implements Processor {

    private static final List<String> HANDED_ON = List.of("Content-Range", "Accept-Ranges", "ETag", "Last-Modified");

    private final TwilioRecordings recordings;

    public RecordingMediaProcessor(TwilioRecordings recordings) {
        this.recordings = recordings;
    }

    @Override
    public void process(Exchange exchange) {
        Recording recording =
                Objects.requireNonNull(exchange.getVariable("recording", Recording.class), "variable recording");
        ProviderStream media = recordings.media(recording, exchange.getVariable("range", String.class));
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, media.answer().status());
        message.setHeader(Exchange.CONTENT_TYPE, media.answer().headers().getOrDefault("content-type", "audio/x-wav"));
        message.setHeader("Cache-Control", "private, no-store");
        HANDED_ON.forEach(name -> {
            String value = media.answer().headers().get(name.toLowerCase(Locale.ROOT));
            if (value != null) {
                message.setHeader(name, value);
            }
        });
        message.setBody(media.body());
    }
}
