package dev.patchbay.route.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BeanMethodsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | 0",
                "${body} | 1",
                "${body}, 'a, b', \"c, d\" | 3",
                "${body[a,b]}, ${variable.x}, (1, 2) | 3",
                "'it (or) {that}', null | 2",
            })
    void parametersAreCounted(String list, int count) {
        assertThat(BeanMethods.parameters(list == null ? "" : list)).isEqualTo(count);
    }

    @ParameterizedTest
    @CsvSource({
        "agentz, agents, 1",
        "agents, agents, 0",
        "setbody, setBody, 0",
        "setBdoy, setBody, 1",
        "abc, xyz, 3",
        "'', abc, 3",
    })
    void aSwapIsOneMistakeAndCaseIsNone(String one, String other, int distance) {
        assertThat(Nearest.distance(one, other)).isEqualTo(distance);
    }
}
