package dev.patchbay.http;

import dev.patchbay.error.PatchbayException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A URL that we hand to a provider to fetch. It must be one that only means something in public: a provider's servers
 * are somebody's inside, too, and a URL of ours that carries a password would be stored in their logs. Nothing is looked
 * up: a name may resolve to anything, at any time.
 */
public final class PublicUrl {

    private static final Set<String> WEB = Set.of("http", "https");
    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    /** All digits, or hex: inet_aton's other ways to write an IPv4 address, such as 2130706433 and 0x7f.1. */
    private static final Pattern OTHER_IPV4 = Pattern.compile("(0x[0-9a-f]*|\\d+)(\\.(0x[0-9a-f]*|\\d+)){0,3}\\.?");

    private PublicUrl() {}

    /**
     * Reads a URL that was given for a field.
     *
     * @throws PatchbayException invalid request, unless it is http(s) without credentials to a public host
     */
    public static URI parse(String field, String given) {
        URI url;
        try {
            url = URI.create(given.trim());
        } catch (IllegalArgumentException e) {
            throw JsonFields.invalid(field, "is not a URL");
        }
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!WEB.contains(scheme) || url.getHost() == null) {
            throw JsonFields.invalid(field, "must begin with https:// or http:// and name a host");
        }
        if (url.getRawUserInfo() != null) {
            throw JsonFields.invalid(field, "must not carry a user or password");
        }
        if (isPrivate(url.getHost().toLowerCase(Locale.ROOT))) {
            throw JsonFields.invalid(field, "must be reachable from the internet");
        }
        return url;
    }

    private static boolean isPrivate(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        if (name.equals("localhost") || name.endsWith(".localhost")) {
            return true;
        }
        if (name.startsWith("[")) {
            return isPrivateV6(name.substring(1, name.length() - 1));
        }
        var v4 = IPV4.matcher(name);
        if (v4.matches()) {
            return v4.group(1).startsWith("0")
                    || isPrivateV4(Integer.parseInt(v4.group(1)), Integer.parseInt(v4.group(2)));
        }
        return OTHER_IPV4.matcher(name).matches();
    }

    private static boolean isPrivateV4(int first, int second) {
        return switch (first) {
            case 0, 10, 127 -> true;
            case 100 -> second >= 64 && second <= 127; // carrier-grade NAT
            case 169 -> second == 254; // link-local: a cloud's metadata
            case 172 -> second >= 16 && second <= 31;
            case 192 -> second == 168;
            default -> first >= 224;
        };
    }

    /** Only global unicast (2000::/3) is public, and not the 6to4 form of an IPv4 address. */
    private static boolean isPrivateV6(String address) {
        return !address.matches("[23][0-9a-f]{3}:.*") || address.startsWith("2002:");
    }
}
