package dev.patchbay.store;

import dev.patchbay.message.MessageJson;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The messages as the REST API shows them, newest first. {@code limit} is 1 to 200, 50 when not given. */
public final class MessageLog {

    private final MessageStore messages;

    public MessageLog(MessageStore messages) {
        this.messages = messages;
    }

    /** {@code {messages: [...], next_cursor}}. */
    public Map<String, @Nullable Object> list(@Nullable String cursor, @Nullable String limit) {
        ListQuery query = ListQuery.of(cursor, limit);
        return ListQuery.shape("messages", messages.list(query.cursor(), query.limit()), MessageJson::of);
    }
}
