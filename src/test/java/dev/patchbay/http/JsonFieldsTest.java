package dev.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {

    private final JsonFields fields = JsonFields.of("""
            {"text": "a👋b", "blank": " ", "none": null, "number": 1, "yes": true, "phone": "+1 (415) 555-0123",
             "scalars": {"a": 1, "b": "two"}, "nested": {"list": []}, "texts": ["a", "b"]}""");

    @Test
    void fieldsAreRead() {
        assertThat(fields.required("text", 3)).isEqualTo("a👋b");
        assertThat(fields.text("text", 3)).isEqualTo("a👋b");
        assertThat(fields.text("blank", 10)).isNull();
        assertThat(fields.text("none", 10)).isNull();
        assertThat(fields.flag("yes", false)).isTrue();
        assertThat(fields.flag("none", false)).isFalse();
        assertThat(fields.flag("absent", true)).isTrue();
        assertThat(fields.whole("number", 1, 2)).isEqualTo(1);
        assertThat(fields.whole("none", 1, 2)).isNull();
        assertThat(fields.phone("phone")).isEqualTo("+14155550123");
        assertThat(fields.phoneOr("absent", "+14155550199")).isEqualTo("+14155550199");
        assertThat(fields.scalars("scalars")).isEqualTo(Map.of("a", 1, "b", "two"));
        assertThat(fields.scalars("absent")).isEmpty();
        assertThat(fields.texts("texts", 2)).containsExactly("a", "b");
        assertThat(fields.texts("absent", 2)).isEmpty();
    }

    @Test
    void whatIsWrongBeginsWithTheField() {
        refused(() -> fields.required("absent", 10), "absent is missing");
        refused(() -> fields.required("blank", 10), "blank is missing");
        refused(() -> fields.required("none"), "none is missing");
        refused(() -> fields.text("number", 10), "number must be a text");
        refused(() -> fields.text("text", 2), "text is longer than 2 characters");
        refused(() -> fields.flag("number", false), "number must be true or false");
        refused(() -> fields.whole("number", 2, 3), "number must be a whole number from 2 to 3");
        refused(() -> fields.whole("text", 2, 3), "text must be a whole number from 2 to 3");
        refused(() -> fields.texts("texts", 1), "texts has more than 1 items");
        refused(() -> fields.texts("text", 1), "text must be a list of texts");
        refused(() -> fields.scalars("text"), "text must be an object");
        refused(() -> fields.scalars("nested"), "nested.list must be a text, a number, true or false");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "{}"})
    void aBodyWithoutFieldsLacksWhatIsRequired(String body) {
        refused(() -> JsonFields.of(body).required("text"), "text is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{", "null", "1", "\"text\""})
    void anythingElseIsNoObject(String body) {
        refused(() -> JsonFields.of(body), "body must be a JSON object");
    }

    private static void refused(ThrowingCallable read, String message) {
        assertThatThrownBy(read).isInstanceOfSatisfying(PatchbayException.class, e -> {
            assertThat(e.category()).isEqualTo(ErrorCategory.INVALID_REQUEST);
            assertThat(e).hasMessage(message);
        });
    }
}
