package dev.patchbay.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdsTest {

    @Test
    void idsSortInTheOrderTheyWereMade() {
        List<String> ids = Stream.generate(Ids::next).limit(10_000).toList();
        assertThat(ids).isSorted().doesNotHaveDuplicates().allMatch(id -> id.length() == Ids.LENGTH);
    }

    @Test
    void threadsNeverGetTheSameId() {
        Set<String> ids = new HashSet<>(
                IntStream.range(0, 20_000).parallel().mapToObj(i -> Ids.next()).toList());
        assertThat(ids).hasSize(20_000);
    }
}
