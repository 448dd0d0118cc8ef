package dev.patchbay.route.source;

import dev.patchbay.media.AgentCall;
import dev.patchbay.media.MediaFrame.Leg;
import dev.patchbay.media.audio.AudioFormat;
import java.util.Locale;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/** Audio of live calls, copied on its way, as 16-bit PCM. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "media-tap",
        title = "Media Tap",
        syntax = "media-tap:callId",
        consumerOnly = true,
        category = {Category.MONITORING})
public final class MediaTapEndpoint extends DefaultEndpoint {

    private static final String EVERY = "*";
    private static final String BOTH = "both";

    @UriPath(description = "Our id of a call or its CallSid; * for every call")
    @Metadata(required = true)
    private String callId;

    @UriParam(enums = "caller,agent,both", defaultValue = BOTH, description = "Whose audio")
    private String side = BOTH;

    @UriParam(defaultValue = "8000", description = "Samples per second: 8000, 16000, 22050, 24000, 44100 or 48000")
    private int rate = 8000;

    @UriParam(defaultValue = "200", description = "Length of a chunk in ms, 20 to 10000")
    private int chunk = 200;

    MediaTapEndpoint(String uri, MediaTapComponent component, String callId) {
        super(uri, component);
        this.callId = callId;
    }

    boolean wants(AgentCall call) {
        return callId.equals(EVERY) || callId.equals(call.callId()) || callId.equals(call.callSid());
    }

    boolean wants(Leg from) {
        return side.equals(BOTH) || side.equals(nameOf(from));
    }

    static String nameOf(Leg leg) {
        return leg.name().toLowerCase(Locale.ROOT);
    }

    AudioFormat format() {
        return format(rate);
    }

    private static AudioFormat format(int rate) {
        return AudioFormat.of("pcm_" + rate)
                .orElseThrow(() -> new IllegalArgumentException(
                        "rate " + rate + " is none of 8000, 16000, 22050, 24000, 44100, 48000"));
    }

    public String getCallId() {
        return callId;
    }

    public void setCallId(String callId) {
        this.callId = callId;
    }

    public String getSide() {
        return side;
    }

    public void setSide(String side) {
        if (!side.equals(BOTH) && !side.equals("caller") && !side.equals("agent")) {
            throw new IllegalArgumentException("side '" + side + "' is none of caller, agent, both");
        }
        this.side = side;
    }

    public int getRate() {
        return rate;
    }

    public void setRate(int rate) {
        this.rate = format(rate).sampleRate();
    }

    public int getChunk() {
        return chunk;
    }

    public void setChunk(int chunk) {
        if (chunk < 20 || chunk > 10_000) {
            throw new IllegalArgumentException("chunk must be 20 to 10000 ms");
        }
        this.chunk = chunk;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("A tap only listens");
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        MediaTapConsumer consumer = new MediaTapConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }
}
