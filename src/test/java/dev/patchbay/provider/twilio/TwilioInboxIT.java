package dev.patchbay.provider.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoDatabase;
import dev.patchbay.http.PublicOrigin;
import dev.patchbay.message.Outgoing;
import dev.patchbay.settings.InvalidSettingException;
import dev.patchbay.store.EmbeddedDatabase;
import dev.patchbay.store.MessageStore;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(EmbeddedDatabase.class)
class TwilioInboxIT {

    private final MessageStore messages;

    TwilioInboxIT(MongoDatabase database) {
        messages = new MessageStore(database);
    }

    private TwilioInbox inbox(MessagePolicy policy) {
        TwilioProperties account = new TwilioProperties(
                "AC1", "12345", List.of("+15550000000"), URI.create("https://api.twilio.com"), null, true);
        return new TwilioInbox(
                new TwilioAccount(account, new PublicOrigin(URI.create("https://voice.example.com"))),
                messages,
                policy);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "STOP | stop",
                "' Stop ' | stop",
                "unsubscribe | stop",
                "START | start",
                "Help | help",
                "info | help",
                "Stop it | ''",
                "'' | ''"
            })
    void keywordsStandAlone(String body, String keyword) {
        assertThat(inbox(new MessagePolicy(null, null)).keyword(Map.of("Body", body)))
                .isEqualTo(keyword);
    }

    @Test
    void whatTwilioSaysAboutOptingOutComesFirst() {
        assertThat(inbox(new MessagePolicy(null, null)).keyword(Map.of("Body", "Basta", "OptOutType", "STOP")))
                .isEqualTo("stop");
    }

    @Test
    void aRepeatedDeliveryIsNotNew() {
        TwilioInbox inbox = inbox(new MessagePolicy(null, null));
        Map<String, String> form =
                Map.of("MessageSid", "SM1", "From", "+14155550123", "To", "+15550000000", "Body", "hi");

        assertThat(inbox.received(form)).isTrue();
        assertThat(inbox.received(form)).isFalse();
        assertThat(messages.find("SM1"))
                .hasValueSatisfying(message -> assertThat(message.body()).isEqualTo("hi"));
    }

    @Test
    void aForwardedMessageSaysWhoWroteItAndFits() {
        TwilioInbox inbox = inbox(new MessagePolicy(null, "+1 (415) 555-0199"));

        List<Outgoing> parts =
                inbox.forwarded(Map.of("From", "+14155550123", "To", "+15550000000", "Body", "👋".repeat(1600)));
        Outgoing forwarded = parts.get(0);

        assertThat(inbox.forwards(Map.of("From", "+14155550123"))).isTrue();
        assertThat(inbox.forwards(Map.of("From", "+14155550199")))
                .as("back to who wrote it")
                .isFalse();
        assertThat(forwarded.to()).isEqualTo("+14155550199");
        assertThat(forwarded.from()).isEqualTo("+15550000000");
        assertThat(forwarded.text()).startsWith("+14155550123: 👋");
        assertThat(forwarded.text().codePointCount(0, forwarded.text().length()))
                .isEqualTo(1600);
        assertThat(parts).hasSize(2);
        assertThat(parts.get(1).text()).as("the rest").isEqualTo("👋".repeat("+14155550123: ".length()));
        assertThat(inbox.forwarded(Map.of("From", "+14155550123", "Body", "Hello")))
                .hasSize(1);
    }

    @Test
    void aReplyIsEscaped() {
        // The SDK writes what is beyond the basic plane as a reference, which XML reads as the same character.
        assertThat(inbox(new MessagePolicy("<3 & 👋", null)).reply())
                .contains("statusCallback=\"https://voice.example.com/webhooks/twilio?reply=true\">")
                .contains(">&lt;3 &amp; &#128075;</Message>");
        assertThat(inbox(new MessagePolicy(null, null)).reply()).contains("<Response/>");
    }

    @Test
    void aNumberThatIsNoneStopsTheStart() {
        assertThatThrownBy(() -> new MessagePolicy(null, "nobody"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("PATCHBAY_SMS_FORWARD_TO");
    }
}
