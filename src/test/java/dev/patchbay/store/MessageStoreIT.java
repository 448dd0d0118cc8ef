package dev.patchbay.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.patchbay.call.Direction;
import dev.patchbay.call.Ids;
import dev.patchbay.message.Message;
import dev.patchbay.message.MessageStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedDatabase.class)
class MessageStoreIT {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private final MessageStore messages;

    MessageStoreIT(MongoDatabase database) {
        messages = new MessageStore(database);
    }

    private static Message message(String sid, MessageStatus status, @Nullable String body) {
        return new Message(
                Ids.next(),
                "twilio",
                sid,
                Direction.OUTBOUND,
                "+15550000000",
                "+14155550123",
                body,
                status,
                null,
                NOON,
                NOON);
    }

    @Test
    void isReadAsItWasStored() {
        Message hello = message("SM1", MessageStatus.QUEUED, "Grüße 👋");

        assertThat(messages.open(hello)).isTrue();

        assertThat(messages.find("SM1")).contains(hello);
        assertThat(messages.find("SM2")).isEmpty();
    }

    @Test
    void aStatusGoesForwardOnly() {
        messages.open(message("SM1", MessageStatus.QUEUED, "hi"));

        assertThat(messages.advance("SM1", MessageStatus.UNDELIVERED, "30003", NOON.plusSeconds(2)))
                .isTrue();
        assertThat(messages.advance("SM1", MessageStatus.SENT, null, NOON.plusSeconds(3)))
                .isFalse();
        assertThat(messages.advance("SM1", MessageStatus.UNDELIVERED, "30005", NOON.plusSeconds(3)))
                .isFalse();
        assertThat(messages.advance("SM9", MessageStatus.SENT, null, NOON)).isFalse();

        assertThat(messages.find("SM1")).hasValueSatisfying(message -> {
            assertThat(message.status()).isEqualTo(MessageStatus.UNDELIVERED);
            assertThat(message.errorCode()).isEqualTo("30003");
            assertThat(message.updatedAt()).isEqualTo(NOON.plusSeconds(2));
        });
    }

    @Test
    void anEventThatCameFirstIsFilledIn() {
        messages.open(message("SM1", MessageStatus.SENT, null));

        assertThat(messages.open(message("SM1", MessageStatus.QUEUED, "hi"))).isFalse();

        assertThat(messages.find("SM1")).hasValueSatisfying(message -> {
            assertThat(message.status()).isEqualTo(MessageStatus.SENT);
            assertThat(message.body()).isEqualTo("hi");
        });
    }

    @Test
    void theNewestComeFirstPageByPage() {
        messages.open(message("SM1", MessageStatus.QUEUED, "1"));
        messages.open(message("SM2", MessageStatus.QUEUED, "2"));
        messages.open(message("SM3", MessageStatus.QUEUED, "3"));

        Page<Message> first = messages.list(null, 2);

        assertThat(first.items()).extracting(Message::sid).containsExactly("SM3", "SM2");
        assertThat(messages.list(first.nextCursor(), 2).items())
                .extracting(Message::sid)
                .containsExactly("SM1");
    }
}
