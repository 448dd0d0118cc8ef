package dev.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.sandbox.caller.CallReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentCallsTest {

    @Test
    void keepsTheLastTwentyNewestFirst() {
        RecentCalls recent = new RecentCalls();
        for (int i = 1; i <= 21; i++) {
            recent.add(report("CA" + i));
        }

        assertThat(recent.list()).hasSize(20);
        assertThat(recent.list())
                .extracting(CallReport::callSid)
                .startsWith("CA21", "CA20")
                .endsWith("CA3", "CA2");
        assertThat(recent.find("CA1")).isEmpty();
        assertThat(recent.find("CA2")).isPresent();
    }

    private static CallReport report(String callSid) {
        var recording = new CallReport.Recording(new short[0], new short[0]);
        return new CallReport(
                callSid,
                "a",
                "b",
                1,
                null,
                0,
                0,
                null,
                0,
                0,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                CallReport.Ended.CALLER,
                0,
                recording);
    }
}
