package dev.patchbay.provider.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's {@code X-Twilio-Signature}: Base64 of HMAC-SHA1 with the account's auth token over the URL that Twilio was
 * given, followed by the form's fields (contract 2.7). URLs are public ones (scheme and host as Twilio sees them) and
 * raw: never decoded and encoded again, because that changes what was signed.
 *
 * <p>A missing signature never verifies. Fields are signed in byte order of their names; of a repeated field each
 * different value once, in byte order, as Twilio's SDKs do except the one for Java, which keeps the last value only and
 * so would let anyone put another value before it.
 *
 * <p>Safe for use by several threads.
 */
public final class TwilioSignature {

    private static final Comparator<String> BYTE_ORDER =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8));
    private static final String BODY_HASH = "bodySHA256=";

    private final SecretKeySpec key;

    /**
     * @param authToken the account's auth token
     * @throws IllegalArgumentException when it is empty
     */
    public TwilioSignature(String authToken) {
        key = new SecretKeySpec(authToken.getBytes(UTF_8), "HmacSHA1");
    }

    /** Signs a form post; a null value counts as empty. */
    public String signForm(String url, Collection<Map.Entry<String, @Nullable String>> params) {
        return base64(hmac(url + concatenated(params)));
    }

    /** Signs a request without form: GET, a WebSocket upgrade, or JSON whose URL carries {@code bodySHA256}. */
    public String signUrl(String url) {
        return base64(hmac(url));
    }

    /** Whether Twilio signed this form post. */
    public boolean verifyForm(
            String url, Collection<Map.Entry<String, @Nullable String>> params, @Nullable String signature) {
        String fields = concatenated(params);
        return anyMatches(withAndWithoutPort(url), fields, signature);
    }

    /** Whether Twilio signed this JSON post: the URL, and in its {@code bodySHA256} the body (lower-case hex). */
    public boolean verifyJson(String url, byte[] body, @Nullable String signature) {
        String claimed = bodyHash(url);
        return claimed != null
                && MessageDigest.isEqual(claimed.getBytes(UTF_8), sha256(body).getBytes(UTF_8))
                && verifyGet(url, signature);
    }

    /** Whether Twilio signed this request without a body. */
    public boolean verifyGet(String url, @Nullable String signature) {
        return anyMatches(withAndWithoutPort(url), "", signature);
    }

    /**
     * Whether Twilio signed this WebSocket upgrade. Twilio has been seen to sign the URL with a slash at the end of a
     * path that has none, so both spellings count.
     *
     * @param wssUrl the {@code wss:} (or {@code ws:}) URL of the {@code <Stream>}
     */
    public boolean verifyWebSocket(String wssUrl, @Nullable String signature) {
        Set<String> candidates = new LinkedHashSet<>(withAndWithoutPort(wssUrl));
        candidates.addAll(withAndWithoutPort(slashToggled(wssUrl)));
        return anyMatches(candidates, "", signature);
    }

    private boolean anyMatches(Collection<String> urls, String fields, @Nullable String signature) {
        if (signature == null) {
            return false;
        }
        byte[] given = signature.getBytes(UTF_8);
        boolean matches = false;
        for (String url : urls) {
            matches |= MessageDigest.isEqual(base64(hmac(url + fields)).getBytes(UTF_8), given);
        }
        return matches;
    }

    private static String concatenated(Collection<Map.Entry<String, @Nullable String>> params) {
        Map<String, Set<String>> sorted = new TreeMap<>(BYTE_ORDER);
        for (Map.Entry<String, @Nullable String> param : params) {
            String value = param.getValue();
            sorted.computeIfAbsent(param.getKey(), name -> new TreeSet<>(BYTE_ORDER))
                    .add(value == null ? "" : value);
        }
        StringBuilder text = new StringBuilder();
        sorted.forEach(
                (name, values) -> values.forEach(value -> text.append(name).append(value)));
        return text.toString();
    }

    /**
     * Twilio sometimes signs an explicit port and sometimes leaves it out, so both count: the URL as it stands and
     * without its port, or, when it has none, with the default port of its scheme.
     */
    private static List<String> withAndWithoutPort(String url) {
        int authority = url.indexOf("://") + 3;
        int path = endOfAuthority(url, authority);
        int colon = url.lastIndexOf(':', path - 1);
        // The last colon of a bare [IPv6] address is followed by more than digits.
        boolean hasPort = colon >= authority && url.substring(colon, path).matches(":\\d+");
        if (hasPort) {
            return List.of(url, url.substring(0, colon) + url.substring(path));
        }
        String port = url.startsWith("https:") || url.startsWith("wss:") ? ":443" : ":80";
        return List.of(url, url.substring(0, path) + port + url.substring(path));
    }

    private static int endOfAuthority(String url, int from) {
        for (int i = from; i < url.length(); i++) {
            if ("/?#".indexOf(url.charAt(i)) >= 0) {
                return i;
            }
        }
        return url.length();
    }

    private static String slashToggled(String url) {
        int query = url.indexOf('?');
        String path = query < 0 ? url : url.substring(0, query);
        String rest = query < 0 ? "" : url.substring(query);
        return (path.endsWith("/") ? path.substring(0, path.length() - 1) : path + "/") + rest;
    }

    private static @Nullable String bodyHash(String url) {
        int query = url.indexOf('?');
        if (query < 0) {
            return null;
        }
        for (String param : url.substring(query + 1).split("&")) {
            if (param.startsWith(BODY_HASH)) {
                return param.substring(BODY_HASH.length());
            }
        }
        return null;
    }

    private byte[] hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(key);
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
