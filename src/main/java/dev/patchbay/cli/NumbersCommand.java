package dev.patchbay.cli;

import picocli.CommandLine.Command;

/** {@code numbers}: holds what can be done with the account's phone numbers. */
@Command(
        name = "numbers",
        description = "What Twilio does with a phone number of the account.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class NumbersCommand {}
