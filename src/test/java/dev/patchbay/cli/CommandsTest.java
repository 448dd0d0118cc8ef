package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandsTest {

    @Test
    void withoutACommandTheGatewayStarts() {
        assertThat(Commands.isMeantBy()).isFalse();
        assertThat(Commands.isMeantBy("--spring.profiles.active=sandbox", "--server.port=0"))
                .isFalse();
        assertThat(Commands.isMeantBy("--debug")).isFalse();
        assertThat(Commands.isMeantBy("doctor")).isTrue();
        assertThat(Commands.isMeantBy("docter", "--json")).isTrue();
        assertThat(Commands.isMeantBy("--help")).isTrue();
    }

    @Test
    void helpNamesTheCommands() {
        Run run = Run.of(Map.of(), "--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Usage: patchbay").contains("doctor").contains("numbers");
        assertThat(Run.of(Map.of(), "--version").out()).startsWith("patchbay ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "docter | Unmatched argument",
                "doctor --jsn | Unknown option",
                "numbers | Missing required subcommand",
                "numbers set-webhooks | Missing required parameter",
                "numbers set-webhooks 5550001 | A phone number is a plus sign",
                "numbers set-webhooks +14155550123 --base-url https://a.example/path | --base-url",
                "numbers set-webhooks +14155550123 --base-url ftp://a.example | --base-url"
            })
    void whatIsNotUnderstoodIsAnsweredWithTheUsage(String line, String fault) {
        Run run = Run.of(Map.of(), line.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(fault).contains("Usage: patchbay");
        assertThat(run.out()).isEmpty();
    }
}
