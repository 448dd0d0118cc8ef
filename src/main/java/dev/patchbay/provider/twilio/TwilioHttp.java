package dev.patchbay.provider.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.twilio.http.HttpClient;
import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.Response;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.provider.ProviderAnswer;
import dev.patchbay.provider.ProviderClient;
import dev.patchbay.provider.ProviderRequest;
import java.util.List;
import java.util.Map;

/**
 * How Twilio's SDK, and with it camel-twilio, sends requests here: over {@link ProviderClient}, once. The SDK's own client
 * replays creates after 5xx and 429: one 503 made six calls of one.
 */
final class TwilioHttp extends HttpClient {

    private final ProviderClient twilio;

    TwilioHttp(ProviderClient twilio) {
        this.twilio = twilio;
    }

    @Override
    public Response reliableRequest(Request request) {
        return makeRequest(request);
    }

    @Override
    public Response reliableRequest(Request request, int[] retryCodes, int retries, long delayMillis) {
        return makeRequest(request);
    }

    /** @throws PatchbayException what Twilio refused, see {@link TwilioFaults}, and what {@link ProviderClient} says */
    @Override
    public Response makeRequest(Request request) {
        boolean post = request.getMethod() == HttpMethod.POST;
        ProviderAnswer answer = twilio.send(new ProviderRequest(
                request.getMethod().toString(),
                request.constructURL().getFile(),
                post ? "application/x-www-form-urlencoded" : null,
                post ? request.encodeFormBody().getBytes(UTF_8) : new byte[0],
                Map.of("Accept", "application/json"),
                post));
        if (request.getMethod() == HttpMethod.DELETE && answer.status() == 404) {
            return new Response("", 204); // it is gone, as it should be
        }
        if (isHangUp(request) && TwilioFaults.hasEnded(answer)) {
            return new Response("{\"sid\":\"ended\"}", 200); // so it has, as it should
        }
        if (!answer.isSuccess()) {
            throw TwilioFaults.of(answer);
        }
        boolean usable = request.getMethod() == HttpMethod.DELETE
                ? answer.status() == 204
                : answer.json().getValue("sid") instanceof String sid && !sid.isBlank();
        if (!usable) {
            throw TwilioFaults.unusable(answer);
        }
        return new Response(answer.text(), answer.status());
    }

    private static boolean isHangUp(Request request) {
        return request.getUrl().contains("/Calls/")
                && List.of("completed").equals(request.getPostParams().get("Status"));
    }
}
