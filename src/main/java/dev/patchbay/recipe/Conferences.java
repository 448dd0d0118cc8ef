package dev.patchbay.recipe;

import dev.patchbay.call.Ids;
import dev.patchbay.call.PhoneNumber;
import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.http.JsonFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is ordered of the recipe {@code conference} over HTTP, and what it answers. A bean of its routes. */
public final class Conferences {

    private static final int MOST = 10;
    private static final Pattern ID = Pattern.compile("[0-9A-Z]{26}");

    /**
     * A conference that is to be.
     *
     * @param id its name at the phone provider: unguessable, as whoever knows it could have a call join
     * @param participants numbers in E.164, and our ids of calls that go on
     */
    public record Conference(String id, List<String> participants) {}

    /** What became of a participant. @param failure null: they are called, or moved in */
    public record Invited(
            String participant,
            @Nullable String callId,
            @Nullable PatchbayException failure) {}

    /**
     * {@code {participants: [number | call id, ...]}}.
     *
     * @throws PatchbayException invalid request naming the field
     */
    public Conference read(@Nullable String body) {
        List<String> participants = JsonFields.of(body).texts("participants", MOST).stream()
                .map(Conferences::participant)
                .distinct()
                .toList();
        if (participants.size() < 2) {
            throw JsonFields.invalid("participants", "must be two or more");
        }
        return new Conference(Ids.next(), participants);
    }

    /** Whether a participant is a call that goes on, not a number to be called. */
    public boolean isCall(String participant) {
        return ID.matcher(participant).matches();
    }

    /**
     * The conference that a call is to join.
     *
     * @param given from the URL, which the phone provider has signed
     * @throws PatchbayException invalid request, when it is none
     */
    public String named(@Nullable String given) {
        if (given == null || !ID.matcher(given).matches()) {
            throw JsonFields.invalid("conference", "is no id of a conference");
        }
        return given;
    }

    public Invited invited(String participant, String callId) {
        return new Invited(participant, callId, null);
    }

    public Invited refused(String participant, Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof PatchbayException)) {
            cause = cause.getCause();
        }
        return new Invited(
                participant,
                null,
                cause instanceof PatchbayException known
                        ? known
                        : new PatchbayException(ErrorCategory.INTERNAL, null, "It failed on our side"));
    }

    /**
     * {@code {conference, participants: [{participant, call_id, error}]}}.
     *
     * @throws PatchbayException why the first of them could not be invited, when nobody could
     */
    public Map<String, @Nullable Object> answer(Conference conference, List<Invited> invited) {
        PatchbayException first = invited.get(0).failure();
        if (first != null && invited.stream().allMatch(each -> each.failure() != null)) {
            throw first;
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("conference", conference.id());
        json.put("participants", invited.stream().map(Conferences::json).toList());
        return json;
    }

    private static Map<String, @Nullable Object> json(Invited invited) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("participant", invited.participant());
        json.put("call_id", invited.callId());
        json.put("error", invited.failure() == null ? null : invited.failure().getMessage());
        return json;
    }

    private static String participant(String given) {
        if (ID.matcher(given).matches()) {
            return given;
        }
        try {
            return PhoneNumber.parse(given);
        } catch (IllegalArgumentException e) {
            throw JsonFields.invalid("participants", "must be phone numbers such as +14155550123, or ids of calls");
        }
    }
}
