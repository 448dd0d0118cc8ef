package dev.patchbay.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a client would like best of what we have: an {@code Accept} header, as RFC 9110 section 12.5.1 reads it. */
public final class Accept {

    /** How much a media type is wanted, 0 to 1, and how exactly it is named: 0 not at all, 1 as any type, up to 3. */
    private record Wish(double quality, int exactness) {
        private static final Wish NONE = new Wish(0, 0);
    }

    private Accept() {}

    /**
     * The offer that the header wants most; of two that it wants as much, the one that it names more exactly, and else the
     * one that we offer first.
     *
     * @param header as it came; null or blank is anything
     * @param offers media types with or without parameters, ours first
     * @return empty when the header wants none of them
     */
    public static Optional<String> best(@Nullable String header, List<String> offers) {
        if (header == null || header.isBlank()) {
            return offers.stream().findFirst();
        }
        String best = null;
        Wish most = Wish.NONE;
        for (String offer : offers) {
            Wish wish = wish(header, offer.split(";", 2)[0].trim().toLowerCase(Locale.ROOT));
            if (wish.quality() > most.quality()
                    || (wish.quality() > 0
                            && wish.quality() == most.quality()
                            && wish.exactness() > most.exactness())) {
                best = offer;
                most = wish;
            }
        }
        return Optional.ofNullable(best);
    }

    /** The range that fits most exactly decides; parameters other than q are not looked at. */
    private static Wish wish(String header, String type) {
        Wish wish = Wish.NONE;
        for (String range : header.split(",")) {
            String[] parts = range.split(";", -1);
            int exactness = exactness(parts[0].trim().toLowerCase(Locale.ROOT), type);
            double quality = quality(parts);
            if (exactness > wish.exactness() || (exactness == wish.exactness() && quality > wish.quality())) {
                wish = exactness == 0 ? wish : new Wish(quality, exactness);
            }
        }
        return wish;
    }

    private static int exactness(String range, String type) {
        if (range.equals(type)) {
            return 3;
        }
        if (range.endsWith("/*") && type.startsWith(range.substring(0, range.length() - 1))) {
            return 2;
        }
        return range.equals("*/*") ? 1 : 0;
    }

    /** One that cannot be read is 0: who asks in a way that we do not understand gets what we offer first. */
    private static double quality(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String[] parameter = parts[i].split("=", 2);
            if (parameter.length == 2 && parameter[0].trim().equalsIgnoreCase("q")) {
                try {
                    double quality = Double.parseDouble(parameter[1].trim());
                    return quality >= 0 && quality <= 1 ? quality : 0;
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
        }
        return 1;
    }
}
