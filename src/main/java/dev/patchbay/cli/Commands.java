package dev.patchbay.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Set;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The commands of the command line. Exit codes: 0 fine, 1 something is wrong, 2 not understood. */
@Command(
        name = "patchbay",
        description = {"A gateway between phone calls and voice agents.", "Without a command the gateway starts."},
        mixinStandardHelpOptions = true,
        versionProvider = Commands.Version.class,
        synopsisSubcommandLabel = "[COMMAND]")
public final class Commands {

    private static final Set<String> HELP = Set.of("-h", "--help", "-V", "--version");

    private Commands() {}

    /** Whether these arguments ask for a command. {@code --key=value} is a setting of the gateway. */
    public static boolean isMeantBy(String... args) {
        return args.length > 0 && (HELP.contains(args[0]) || !args[0].startsWith("-"));
    }

    /** Runs the command that the process was started for. @return the exit code */
    public static int run(String... args) {
        // What a library logs would stand in the middle of a table or of JSON.
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
        return run(System.getenv(), new PrintWriter(System.out, true), new PrintWriter(System.err, true), args);
    }

    /** @param variables the environment that the gateway would be started with */
    public static int run(Map<String, String> variables, PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new Commands())
                .addSubcommand(new DoctorCommand(variables))
                .addSubcommand(new CommandLine(new NumbersCommand()).addSubcommand(new SetWebhooksCommand(variables)))
                .addSubcommand(new CommandLine(new RoutesCommand()).addSubcommand(new CheckRoutesCommand(variables)))
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler((wrong, given) -> notUnderstood(wrong))
                .execute(args);
    }

    /** Picocli would print the usage or its suggestions; both help. */
    private static int notUnderstood(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        command.getErr().println(wrong.getMessage());
        UnmatchedArgumentException.printSuggestions(wrong, command.getErr());
        command.usage(command.getErr());
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** As the build wrote it into the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Commands.class.getPackage().getImplementationVersion();
            return new String[] {"patchbay " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
