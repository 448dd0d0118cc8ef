package dev.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.settings.InvalidSettingException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {

    private static final ApiKeys KEYS = ApiKeys.of(List.of("crm:k1", " desk : k2:with:colons ", "wien:schlüssel"));

    @Test
    void aKeyTellsItsOwner() {
        assertThat(KEYS.owner("k1")).contains("crm");
        assertThat(KEYS.owner("k2:with:colons")).contains("desk");
        assertThat(KEYS.owner("schlüssel")).contains("wien");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "k", "k11", "K1", "k1 ", "crm", "crm:k1", "k2", "\u0000k1"})
    void anythingElseHasNoOwner(String key) {
        assertThat(KEYS.owner(key)).isEmpty();
    }

    @Test
    void withoutEntriesThereAreNone() {
        assertThat(ApiKeys.of(List.of()).isEmpty()).isTrue();
        assertThat(ApiKeys.of(List.of()).owner("")).isEmpty();
        assertThat(KEYS.isEmpty()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cret", ":s3cret", "crm:", "crm: ", " : "})
    void anEntryNeedsNameAndKey(String entry) {
        assertThatThrownBy(() -> ApiKeys.of(List.of(entry)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("PATCHBAY_API_KEYS: ")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void namesAndKeysOccurOnce() {
        assertThatThrownBy(() -> ApiKeys.of(List.of("crm:a", "crm:b")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("PATCHBAY_API_KEYS: the name crm is used twice");
        assertThatThrownBy(() -> ApiKeys.of(List.of("crm:s3cret", "desk:s3cret")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("PATCHBAY_API_KEYS: the key of desk is used twice");
    }
}
