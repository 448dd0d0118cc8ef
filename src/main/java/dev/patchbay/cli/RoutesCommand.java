package dev.patchbay.cli;

import picocli.CommandLine.Command;

/** {@code routes}: holds what can be done with the files of routes. */
@Command(
        name = "routes",
        description = "The files of routes.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class RoutesCommand {}
