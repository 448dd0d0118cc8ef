package dev.patchbay.recipe;

import dev.patchbay.call.Call;
import dev.patchbay.call.PhoneNumber;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A line in which callers wait for somebody to take them. A bean of {@code routes/recipe/call-queue}. */
public final class CallQueue {

    private volatile String number = "";
    private volatile PhoneList attendants = new PhoneList();
    private volatile int patience = 600;

    /** @param given the number whose callers wait, and which attendants call, E.164 */
    public void setNumber(String given) {
        number = PhoneNumber.parse(given);
    }

    /**
     * @param text a {@link Table} of {@code name | number}: whose calls take the next caller
     * @throws IllegalArgumentException naming the line that cannot be read
     */
    public void setAttendants(String text) {
        PhoneList read = new PhoneList();
        read.setPeople(text);
        attendants = read;
    }

    /** @param seconds after which a caller need not wait any longer, 1 or more */
    public void setPatience(int seconds) {
        if (seconds < 1) {
            throw new IllegalArgumentException("patience must be 1 or more seconds");
        }
        patience = seconds;
    }

    /**
     * What a call to the line is for: {@code wait}, {@code take}, or {@code other} for a call to another number.
     *
     * @param agentId the agent whose own door was called; null: none
     */
    public String purpose(Call call, @Nullable String agentId) {
        if (!number.equals(call.to()) || agentId != null) {
            return "other";
        }
        return call.from() != null && attendants.has(call.from()) ? "take" : "wait";
    }

    /** Whether a caller has waited long enough. @param form of Twilio, who asks what they hear */
    public boolean isOver(Map<String, String> form) {
        return whole(form.get("QueueTime")) >= patience;
    }

    /** What a caller hears about their place. */
    public String place(Map<String, String> form) {
        int before = whole(form.get("QueuePosition")) - 1;
        return before <= 0
                ? "You are next."
                : before == 1 ? "There is one caller before you." : "There are " + before + " callers before you.";
    }

    private static int whole(@Nullable String given) {
        String number = Objects.requireNonNullElse(given, "");
        return number.matches("\\d{1,7}") ? Integer.parseInt(number) : 0;
    }
}
