package dev.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {

    private final JsonFields fields =
            JsonFields.of("{\"text\":\"a👋b\",\"blank\":\" \",\"none\":null,\"number\":1,\"yes\":true}");

    @Test
    void fieldsAreRead() {
        assertThat(fields.text("text", 3)).isEqualTo("a👋b");
        assertThat(fields.optionalText("blank", 10)).isNull();
        assertThat(fields.optionalText("none", 10)).isNull();
        assertThat(fields.flag("yes")).isTrue();
        assertThat(fields.flag("none")).isFalse();
        assertThat(fields.flag("absent")).isFalse();
    }

    @Test
    void whatIsWrongBeginsWithTheField() {
        refused(() -> fields.text("absent", 10), "absent is missing");
        refused(() -> fields.text("blank", 10), "blank is missing");
        refused(() -> fields.text("number", 10), "number must be a text");
        refused(() -> fields.text("text", 2), "text is longer than 2 characters");
        refused(() -> fields.flag("number"), "number must be true or false");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "[]", "{", "null", "1", "\"text\""})
    void anythingElseIsNoObject(String body) {
        refused(() -> JsonFields.of(body), "The body is not a JSON object");
    }

    private static void refused(ThrowingCallable read, String message) {
        assertThatThrownBy(read).isInstanceOfSatisfying(PatchbayException.class, e -> {
            assertThat(e.category()).isEqualTo(ErrorCategory.INVALID_REQUEST);
            assertThat(e).hasMessage(message);
        });
    }
}
