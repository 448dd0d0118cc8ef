package dev.patchbay.provider.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioSignatureTest {

    private static final TwilioSignature SIGNATURE = new TwilioSignature("12345");
    private static final String URL = "https://mycompany.com/myapp.php?foo=1&bar=2";
    private static final String ENCODED = "mycompany.com/myapp.php?foo=hello%20world&bar=test%2Bvalue";
    private static final List<Map.Entry<String, String>> PARAMS = List.of(
            entry("Digits", "1234"),
            entry("CallSid", "CA1234567890ABCDE"),
            entry("To", "+18005551212"),
            entry("Caller", "+14158675309"),
            entry("From", "+14158675309"));
    private static final String SIGNED = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
    private static final byte[] JSON = "{\"property\": \"value\", \"boolean\": true}".getBytes(UTF_8);
    private static final String JSON_HASH =
            "bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";

    /** Twilio's published vectors, and two for WebSocket upgrades; the auth token is 12345. */
    record Vector(String url, List<Map.Entry<String, String>> params, String signature) {}

    static List<Vector> vectors() {
        return List.of(
                new Vector(URL, PARAMS, SIGNED),
                new Vector("https://mycompany.com:443/myapp.php?foo=1&bar=2", PARAMS, "kvajT1Ptam85bY51eRf/AJRuM3w="),
                new Vector("http://mycompany.com:80/myapp.php?foo=1&bar=2", PARAMS, "0ZXoZLH/DfblKGATFgpif+LLRf4="),
                new Vector("http://mycompany.com:1234/myapp.php?foo=1&bar=2", PARAMS, "Zmvh+3yNM1Phv2jhDCwEM3q5ebU="),
                new Vector(URL, List.of(), "zYQTYrRWXE7LtzbG4PfP7/bkkGo="),
                new Vector("https://mycompany.com/myapp.php", PARAMS, "1xaxFBvyzXYvWplzNOSs28HWO94="),
                new Vector("https://" + ENCODED, PARAMS, "er2tvAP1Wx+iuTTE2BPgvEaN1cs="),
                new Vector(
                        URL,
                        List.of(
                                entry("Message", "Hello & goodbye! @#$%^*()"),
                                entry("From", "+1 (415) 867-5309"),
                                entry("Special", "unicode: ñáéíóú")),
                        "dCPiR4WtQ6QFN6pJh81CtlCcWLQ="),
                new Vector(
                        URL,
                        List.of(entry("Digits", ""), entry("CallSid", "CA1234567890ABCDE"), entry("EmptyParam", "")),
                        "9HHp/OqQMEwdrVebHDdA/+tqjX8="),
                new Vector(
                        URL,
                        List.of(
                                new SimpleEntry<>("Digits", null),
                                entry("CallSid", "CA1234567890ABCDE"),
                                new SimpleEntry<>("NullParam", null)),
                        "L9lTTwIlxM1xGAtLRwhOSZggRhM="),
                new Vector(
                        URL,
                        List.of(
                                entry("Zebra", "last"),
                                entry("Alpha", "first"),
                                entry("Beta", "second"),
                                entry("Gamma", "third")),
                        "enveUe73ZTVLAekHxez3Qx6JuuQ="),
                new Vector("https://mycompany.com/webhook/España?año=2023", PARAMS, "G/Hx6mqqnjUNlPAoi2Sp9bGst0g="),
                new Vector(
                        URL,
                        List.of(
                                entry("callSid", "lowercase"),
                                entry("CallSid", "uppercase"),
                                entry("CALLSID", "allcaps")),
                        "jDK7WKT8wiNrwggd4ceTv4e1MJ4="),
                new Vector("https://mycompany.com:443//myapp.php?foo=1&bar=2", PARAMS, "A9lH3u16NjyiiM/+wylw5rirFUs="),
                new Vector(URL + "&" + JSON_HASH, List.of(), "a9nBmqA0ju/hNViExpshrM61xv4="),
                new Vector("https://mycompany.com/myapp.php?" + JSON_HASH, List.of(), "y77kIzt2vzLz71DgmJGsen2scGs="),
                new Vector("wss://voice.example.com/streams/twilio", List.of(), "lpScRjOOHs0JctzFAcqXiS/ce8w="),
                new Vector("wss://voice.example.com/streams/twilio/", List.of(), "r/4O6C5Fzd6lu9nO1KEsjW2wquI="));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void everyVectorIsSignedAndVerified(Vector vector) {
        assertThat(SIGNATURE.signForm(vector.url(), vector.params())).isEqualTo(vector.signature());
        assertThat(SIGNATURE.verifyForm(vector.url(), vector.params(), vector.signature()))
                .isTrue();
        if (vector.params().isEmpty()) {
            assertThat(SIGNATURE.signUrl(vector.url())).isEqualTo(vector.signature());
            assertThat(SIGNATURE.verifyGet(vector.url(), vector.signature())).isTrue();
        }
    }

    @Test
    void noVectorOfTheContractIsMissing() throws IOException {
        Path contract = Path.of("../shared/contracts/CONTRACTS.md");
        assumeTrue(Files.exists(contract), "skipped: " + contract + " is not here");
        String text = Files.readString(contract);
        String section = text.substring(text.indexOf("### 2.7"), text.indexOf("## 3."));
        List<String> listed = Pattern.compile("\\| ([A-Za-z0-9+/]{27}=) \\|")
                .matcher(section)
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(listed).hasSizeGreaterThan(10);
        assertThat(vectors()).extracting(Vector::signature).containsAll(listed);
    }

    /** Twilio's SDK for Java refuses both: it decodes the URL to take the port off, and it takes 80 for wss. */
    @Test
    void anExplicitPortMayBeSignedOrLeftOut() {
        assertThat(SIGNATURE.verifyForm("https://" + ENCODED.replace(".com", ".com:443"), PARAMS, sign(ENCODED)))
                .isTrue();
        assertThat(SIGNATURE.verifyWebSocket(
                        "wss://voice.example.com/streams/twilio",
                        SIGNATURE.signUrl("wss://voice.example.com:443/streams/twilio")))
                .isTrue();
    }

    private static String sign(String withoutScheme) {
        return SIGNATURE.signForm("https://" + withoutScheme, PARAMS);
    }

    @ParameterizedTest
    @CsvSource({
        "https://h.example/p?q=1, https://h.example:443/p?q=1",
        "http://h.example/p, http://h.example:80/p",
        "https://h.example:8443/p, https://h.example/p",
        "https://h.example?q=a:1, https://h.example:443?q=a:1",
        "https://[::1]/p, https://[::1]:443/p",
        "https://[::1]:8080/p?a=], https://[::1]/p?a=]",
    })
    void aRequestVerifiesWhetherOrNotThePortWasSigned(String url, String signed) {
        assertThat(SIGNATURE.verifyGet(url, SIGNATURE.signUrl(signed))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://h.example/p, https://h.example:80/p",
        "https://h.example/p, https://h.example:8443/p",
        "https://h.example:8443/p, https://h.example:443/p",
        "https://h.example/p, http://h.example/p",
        "https://h.example/p, https://h.example/p/",
        "https://h.example/p, wss://h.example/p",
    })
    void anotherPortSchemeOrSlashIsAnotherUrl(String url, String signed) {
        assertThat(SIGNATURE.verifyGet(url, SIGNATURE.signUrl(signed))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "wss://h.example/media/t0k, wss://h.example/media/t0k/",
        "wss://h.example/media/t0k/, wss://h.example/media/t0k",
        "wss://h.example/media/t0k?a=b, wss://h.example/media/t0k/?a=b",
        "wss://h.example:443/media/t0k, wss://h.example/media/t0k/",
        "ws://h.example/media/t0k, ws://h.example:80/media/t0k",
    })
    void aWebSocketUrlMayBeSignedWithOrWithoutASlashAtItsEnd(String url, String signed) {
        assertThat(SIGNATURE.verifyWebSocket(url, SIGNATURE.signUrl(signed))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"wss://h.example/media/other", "https://h.example/media/t0k", "wss://h.example/media/t0k//"})
    void aWebSocketWithAnotherUrlIsRefused(String signed) {
        assertThat(SIGNATURE.verifyWebSocket("wss://h.example/media/t0k", SIGNATURE.signUrl(signed)))
                .isFalse();
    }

    @Test
    void differentValuesOfOneFieldAreAllSignedInTheirOrder() {
        String both = SIGNATURE.signForm(URL, List.of(entry("MediaUrl", "a"), entry("MediaUrl", "b")));

        assertThat(both).isEqualTo(SIGNATURE.signUrl(URL + "MediaUrlaMediaUrlb"));
        assertThat(SIGNATURE.signForm(
                        URL, List.of(entry("MediaUrl", "b"), entry("MediaUrl", "a"), entry("MediaUrl", "b"))))
                .isEqualTo(both);
        assertThat(SIGNATURE.verifyForm(
                        URL,
                        List.of(entry("From", "+15550100"), entry("From", "+15550199")),
                        SIGNATURE.signForm(URL, List.of(entry("From", "+15550199")))))
                .as("a value put before the signed one")
                .isFalse();
    }

    @Test
    void fieldsAreSortedByTheirBytes() {
        String beyond = "\uD83D\uDE00"; // U+1F600: above U+FF21 in bytes, below it in UTF-16
        String fullWidth = "\uFF21";

        assertThat(SIGNATURE.signForm(URL, List.of(entry(beyond, "2"), entry(fullWidth, "1"))))
                .isEqualTo(SIGNATURE.signUrl(URL + fullWidth + "1" + beyond + "2"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "RSOYDt4T1cUTdK1PDd93/VVr8B8", " RSOYDt4T1cUTdK1PDd93/VVr8B8=", "é"})
    void aMissingOrMisshapenSignatureIsRefused(String signature) {
        assertThat(SIGNATURE.verifyForm(URL, PARAMS, signature)).isFalse();
        assertThat(SIGNATURE.verifyGet(URL, signature)).isFalse();
        assertThat(SIGNATURE.verifyJson(URL + "&" + JSON_HASH, JSON, signature)).isFalse();
        assertThat(SIGNATURE.verifyWebSocket("wss://h.example/", signature)).isFalse();
    }

    @Test
    void aJsonBodyIsBoundByItsHashInTheUrl() {
        String url = URL + "&" + JSON_HASH;
        String signature = SIGNATURE.signUrl(url);

        assertThat(SIGNATURE.verifyJson(url, JSON, signature)).isTrue();
        assertThat(SIGNATURE.verifyJson(url, "{}".getBytes(UTF_8), signature)).isFalse();
        assertThat(SIGNATURE.verifyJson(url, JSON, SIGNATURE.signUrl(URL))).isFalse();
        assertThat(SIGNATURE.verifyJson(URL, JSON, SIGNATURE.signUrl(URL)))
                .as("no hash in the URL")
                .isFalse();
        String twice = URL + "&bodySHA256=00&" + JSON_HASH;
        assertThat(SIGNATURE.verifyJson(twice, JSON, SIGNATURE.signUrl(twice))).isFalse();
    }

    @Test
    void anotherTokenMakesAnotherSignature() {
        assertThat(new TwilioSignature("54321").verifyForm(URL, PARAMS, SIGNED)).isFalse();
    }

    @Test
    void anEmptyTokenIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TwilioSignature(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "/", "://", "https://", "https://:", "no url"})
    void whatIsNoUrlIsRefusedQuietly(String url) {
        assertThat(SIGNATURE.verifyGet(url, SIGNED)).isFalse();
        assertThat(SIGNATURE.verifyWebSocket(url, SIGNED)).isFalse();
        assertThat(SIGNATURE.verifyJson(url, JSON, SIGNED)).isFalse();
    }

    /** One character more, less or other, anywhere in what was signed or in the signature. */
    @Test
    void anyChangeIsRefused() {
        Random random = new Random(20_200_317);
        for (int round = 0; round < 5_000; round++) {
            int at = random.nextInt(PARAMS.size());
            Map.Entry<String, String> param = PARAMS.get(at);
            int choice = random.nextInt(6);
            String url = choice == 0 ? changed(URL, random) : URL;
            String signature = choice == 1 ? changed(SIGNED, random) : SIGNED;
            List<Map.Entry<String, String>> params = new ArrayList<>(PARAMS);
            switch (choice) {
                case 2 -> params.set(at, entry(changed(param.getKey(), random), param.getValue()));
                case 3 -> params.set(at, entry(param.getKey(), changed(param.getValue(), random)));
                case 4 -> params.remove(at);
                case 5 -> params.add(entry(param.getKey(), changed(param.getValue(), random)));
                default -> Collections.shuffle(params, random);
            }
            assertThat(SIGNATURE.verifyForm(url, params, signature))
                    .as("%s %s %s", url, params, signature)
                    .isFalse();
        }
        assertThat(SIGNATURE.verifyForm(URL, PARAMS, SIGNED)).isTrue();
    }

    private static String changed(String text, Random random) {
        int at = random.nextInt(text.length());
        char other = (char) (' ' + random.nextInt(95));
        String head = text.substring(0, at);
        return switch (random.nextInt(3)) {
            case 0 -> head + other + text.substring(at);
            case 1 -> head + text.substring(at + 1);
            default -> head + (other == text.charAt(at) ? '\u00e9' : other) + text.substring(at + 1);
        };
    }
}
