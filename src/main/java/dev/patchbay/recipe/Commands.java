package dev.patchbay.recipe;

import dev.patchbay.http.JsonFields;
import dev.patchbay.message.Message;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is asked of {@code routes/recipe/command-sms} over HTTP, what it answers and what it writes down: a bean of it. */
public final class Commands {

    /** Characters of a command. */
    private static final int LONGEST = 4000;

    /**
     * A command that was given.
     *
     * @param phone where the answer goes, E.164
     */
    public record Command(String text, String phone) {}

    /**
     * {@code {command, phone_number}}.
     *
     * @throws dev.patchbay.error.PatchbayException invalid request naming the field
     */
    public Command read(@Nullable String body) {
        JsonFields fields = JsonFields.of(body);
        return new Command(fields.required("command", LONGEST), fields.phone("phone_number"));
    }

    /** A row of the log: {@code {at, command, phone_number, answer, sid}}. */
    public Map<String, Object> row(Command command, Message sent) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("at", Date.from(sent.createdAt()));
        row.put("command", command.text());
        row.put("phone_number", command.phone());
        row.put("answer", String.valueOf(sent.body()));
        row.put("sid", sent.sid());
        return row;
    }

    /** {@code {status: success, sid, to, from, response_text}}. */
    public Map<String, @Nullable Object> answer(Message sent) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("status", "success");
        json.put("sid", sent.sid());
        json.put("to", sent.to());
        json.put("from", sent.from());
        json.put("response_text", sent.body());
        return json;
    }
}
