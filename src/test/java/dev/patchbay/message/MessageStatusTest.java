package dev.patchbay.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageStatusTest {

    @ParameterizedTest
    @CsvSource({
        "QUEUED, SENDING, true",
        "QUEUED, DELIVERED, true",
        "SENT, QUEUED, false",
        "DELIVERED, SENT, false",
        "DELIVERED, FAILED, false",
        "UNDELIVERED, DELIVERED, false",
        "DELIVERED, READ, true",
        "SENT, READ, true",
        "FAILED, READ, false",
        "SENT, SENT, false",
    })
    void goesForwardOnly(MessageStatus before, MessageStatus after, boolean may) {
        assertThat(after.mayFollow(before)).isEqualTo(may);
    }

    @Test
    void everyWordOfTheContractIsKnown() {
        assertThat("queued sending sent failed delivered undelivered receiving received accepted scheduled read"
                        .concat(" partially_delivered canceled")
                        .split(" "))
                .allSatisfy(word -> assertThat(MessageStatus.of(word))
                        .hasValueSatisfying(status -> assertThat(status.wire()).isEqualTo(word)));
        assertThat(MessageStatus.of("lost")).isEmpty();
    }
}
