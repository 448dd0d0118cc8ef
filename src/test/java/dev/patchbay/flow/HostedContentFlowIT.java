package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.patchbay.media.audio.EncodedAudio;
import dev.patchbay.store.AudioStore;
import dev.patchbay.store.StoredAudio;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Date;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What Twilio fetches from us: TwiML templates and audio, from the internet and without a key. */
class HostedContentFlowIT {

    /** So that the peer counts as a stranger. */
    private static final String[] STRANGER = {"X-Forwarded-For", "203.0.113.9"};

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final RunningGateway gateway = RunningGateway.shared();
    private final byte[] sound = noise(1_000_003);
    private final StoredAudio audio = gateway.bean(AudioStore.class).keep(new EncodedAudio("mp3_44100_128", sound));

    @Test
    void aTemplateIsFilledWithTheQuery() throws Exception {
        HttpResponse<String> answer =
                gateway.get("/twiml/greeting?message=Good%20day,%20A%20%26%20B&voice=Polly.Amy", STRANGER);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/xml");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-cache");
        assertThat(answer.body()).contains("<Say voice=\"Polly.Amy\" language=\"en-US\">Good day, A &amp; B</Say>");
    }

    @Test
    void twilioFetchesTemplatesByPost() throws Exception {
        HttpResponse<String> answer = gateway.postForm("/twiml/menu", "CallSid=CA1&message=not%20this", STRANGER);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("Press 1 to speak").contains("action=\"/twilio/handle-input\"");
    }

    @Test
    void everyTemplateThatComesWithUsIsServed() throws Exception {
        for (String name : new String[] {"greeting", "menu", "hold-music", "voicemail", "voicemail-thanks"}) {
            assertThat(gateway.get("/twiml/" + name, STRANGER).body()).as(name).contains("</Response>");
        }
    }

    @Test
    void anotherNameIsAProblem() throws Exception {
        for (String path : new String[] {"/twiml/nobody", "/twiml/greeting.xml", "/audio/nobody", "/audio/a.mp3"}) {
            HttpResponse<String> answer = gateway.get(path, STRANGER);
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(new JsonObject(answer.body()).getString("detail")).isNotBlank();
        }
    }

    @Test
    void audioIsServedWholeWithCacheHeaders() throws Exception {
        HttpResponse<byte[]> answer = fetch("GET");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(sound);
        assertThat(answer.headers().firstValue("Content-Type")).contains("audio/mpeg");
        assertThat(answer.headers().firstValue("Content-Length")).contains("1000003");
        assertThat(answer.headers().firstValue("Accept-Ranges")).contains("bytes");
        assertThat(answer.headers().firstValue("ETag")).contains('"' + audio.id() + '"');
        assertThat(answer.headers().firstValue("Cache-Control").orElseThrow())
                .matches("public, max-age=8\\d{4}, immutable"); // a little less than a day
    }

    @Test
    void audioIsServedInParts() throws Exception {
        HttpResponse<byte[]> middle = fetch("GET", "Range", "bytes=65530-131080");
        HttpResponse<byte[]> end = fetch("GET", "Range", "bytes=-3");

        assertThat(middle.statusCode()).isEqualTo(206);
        assertThat(middle.headers().firstValue("Content-Range")).contains("bytes 65530-131080/1000003");
        assertThat(middle.body()).isEqualTo(Arrays.copyOfRange(sound, 65_530, 131_081));
        assertThat(end.body()).isEqualTo(Arrays.copyOfRange(sound, 1_000_000, 1_000_003));
    }

    @Test
    void aPartBeyondTheEndIs416() throws Exception {
        HttpResponse<byte[]> answer = fetch("GET", "Range", "bytes=1000003-");

        assertThat(answer.statusCode()).isEqualTo(416);
        assertThat(answer.headers().firstValue("Content-Range")).contains("bytes */1000003");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void aChangedPieceWouldBeServedWholeToWhoAsksForThePartOfAnOlderOne() throws Exception {
        assertThat(fetch("GET", "Range", "bytes=0-9", "If-Range", "\"another\"").statusCode())
                .isEqualTo(200);
        assertThat(fetch("GET", "Range", "bytes=0-9", "If-Range", '"' + audio.id() + '"')
                        .statusCode())
                .isEqualTo(206);
    }

    @Test
    void whoHasItAlreadyIsToldSo() throws Exception {
        HttpResponse<byte[]> answer = fetch("GET", "If-None-Match", "W/\"" + audio.id() + "\", \"x\"");

        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
        assertThat(fetch("GET", "If-None-Match", "\"x\"").statusCode()).isEqualTo(200);
    }

    @Test
    void whatHasExpiredIsGone() throws Exception {
        assertThat(fetch("GET").statusCode()).isEqualTo(200);

        gateway.bean(MongoDatabase.class)
                .getCollection("audio")
                .updateOne(Filters.eq("_id", audio.id()), Updates.set("expires_at", new Date(0)));

        assertThat(fetch("GET").statusCode()).isEqualTo(404);
    }

    @Test
    void headTellsTheSizeOnly() throws Exception {
        HttpResponse<byte[]> answer = fetch("HEAD");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Length")).contains("1000003");
        assertThat(answer.body()).isEmpty();
    }

    private HttpResponse<byte[]> fetch(String method, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(gateway.origin().resolve("/audio/" + audio.id()))
                .method(method, BodyPublishers.noBody())
                .headers(STRANGER);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
