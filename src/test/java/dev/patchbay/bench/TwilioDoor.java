package dev.patchbay.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Begins calls as Twilio does: the signed voice webhook, then the stream its TwiML names (contract: Voice webhook, X-Twilio-Signature). */
final class TwilioDoor {

    private final java.net.http.HttpClient http = java.net.http.HttpClient.newBuilder()
            .version(java.net.http.HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI webhook;
    private final String authToken;
    private final Latencies answers = new Latencies();

    TwilioDoor(URI webhook, String authToken) {
        this.webhook = webhook;
        this.authToken = authToken;
    }

    /** Places one call and returns where its media go; fails when the answer is not a {@code <Connect><Stream>}. */
    CallAddress call() {
        String callSid = CallAddress.newCallSid();
        Map<String, String> form = incoming(callSid);
        try {
            long asked = System.nanoTime();
            String answer = post(webhook, form);
            long took = System.nanoTime() - asked;
            synchronized (this) {
                answers.record(took);
            }
            Document twiml = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(answer)));
            NodeList streams = twiml.getElementsByTagName("Stream");
            if (streams.getLength() == 0) {
                throw new IllegalStateException(
                        "no stream in " + twiml.getDocumentElement().getTextContent());
            }
            Element stream = (Element) streams.item(0);
            ObjectNode parameters = json.createObjectNode();
            NodeList given = stream.getElementsByTagName("Parameter");
            for (int at = 0; at < given.getLength(); at++) {
                Element parameter = (Element) given.item(at);
                parameters.put(parameter.getAttribute("name"), parameter.getAttribute("value"));
            }
            String url = stream.getAttribute("url");
            return new CallAddress(
                    URI.create(url), sign(url, Map.of()), CallAddress.ACCOUNT_SID, callSid, parameters.toString());
        } catch (IOException | org.xml.sax.SAXException | javax.xml.parsers.ParserConfigurationException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** The voice webhook's form. */
    static Map<String, String> incoming(String callSid) {
        String caller = "+1555" + ThreadLocalRandom.current().nextInt(1_000_000, 10_000_000);
        return Map.of(
                "CallSid", callSid,
                "AccountSid", CallAddress.ACCOUNT_SID,
                "From", caller,
                "Caller", caller,
                "To", "+15550001111",
                "Called", "+15550001111",
                "CallStatus", "ringing",
                "Direction", "inbound",
                "ApiVersion", "2010-04-01");
    }

    /** A status event's form. */
    static Map<String, String> status(String callSid, String status, int sequence) {
        return Map.of(
                "CallSid",
                callSid,
                "AccountSid",
                CallAddress.ACCOUNT_SID,
                "CallStatus",
                status,
                "CallDuration",
                "10",
                "CallbackSource",
                "call-progress-events",
                "SequenceNumber",
                Integer.toString(sequence));
    }

    /** Says that a call is over, as Twilio does: its status event. */
    void completed(String callSid) {
        try {
            post(eventDoor(), status(callSid, "completed", 3));
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    URI webhook() {
        return webhook;
    }

    URI eventDoor() {
        return webhook.resolve("/webhooks/twilio");
    }

    /**
     * Posts without waiting: true when it was answered with 2xx.
     *
     * @param client whose connections are bounded: the JDK's opens one more for each request that waits, and who is behind
     *     would then be measured with thousands of them
     */
    Future<Boolean> send(HttpClient client, URI url, Map<String, String> form) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(url.toString())
                .putHeader("Content-Type", "application/x-www-form-urlencoded")
                .putHeader("X-Twilio-Signature", sign(url.toString(), form));
        return client.request(options)
                .compose(request -> request.send(encoded(form)))
                .compose(answer -> answer.body().map(body -> answer.statusCode() / 100 == 2))
                .otherwise(false);
    }

    /** How long the webhook took to answer, of all calls so far. */
    synchronized double answerMs(double share) {
        return answers.percentileMs(share);
    }

    private String post(URI url, Map<String, String> form) throws IOException {
        try {
            HttpResponse<String> answer = http.send(request(url, form), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException("webhook answered " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private HttpRequest request(URI url, Map<String, String> form) {
        return HttpRequest.newBuilder(url)
                .timeout(Duration.ofSeconds(15))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-Twilio-Signature", sign(url.toString(), form))
                .POST(HttpRequest.BodyPublishers.ofString(encoded(form)))
                .build();
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    private String sign(String url, Map<String, String> form) {
        StringBuilder data = new StringBuilder(url);
        new TreeMap<>(form).forEach((name, value) -> data.append(name).append(value));
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(authToken.getBytes(UTF_8), "HmacSHA1"));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(data.toString().getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
