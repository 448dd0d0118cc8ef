package dev.patchbay.cli;

import dev.patchbay.call.PhoneNumber;
import dev.patchbay.cli.HttpProbe.Unreachable;
import dev.patchbay.cli.TwilioNumbers.Refused;
import dev.patchbay.http.PublicPlaneProperties;
import dev.patchbay.provider.twilio.TwilioProperties;
import dev.patchbay.settings.GatewaySettings;
import dev.patchbay.settings.InvalidSettingException;
import dev.patchbay.settings.Setting;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code numbers set-webhooks}: points phone numbers of the Twilio account here. */
@Command(
        name = "set-webhooks",
        description = "Points the voice, fallback, status and SMS URLs of phone numbers to this gateway.",
        mixinStandardHelpOptions = true)
final class SetWebhooksCommand implements Callable<Integer> {

    private final Map<String, String> variables;

    @Parameters(arity = "1..*", paramLabel = "NUMBER", description = "Number of the account, such as +14155550123")
    private List<String> numbers = List.of();

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            description = "Public origin of the gateway. Without it a running ngrok is asked")
    private @Nullable URI baseUrl;

    @Option(
            names = "--ngrok-api",
            paramLabel = "URL",
            description = "Where ngrok tells its tunnels (${DEFAULT-VALUE})",
            defaultValue = Ngrok.API)
    private URI ngrokApi = URI.create(Ngrok.API);

    @Spec
    private @Nullable CommandSpec spec;

    SetWebhooksCommand(Map<String, String> variables) {
        this.variables = variables;
    }

    @Override
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec);
        PrintWriter out = command.commandLine().getOut();
        PrintWriter err = command.commandLine().getErr();
        List<String> wanted;
        URI given;
        try {
            wanted = numbers.stream().map(PhoneNumber::parse).toList();
            given = Setting.origin("--base-url", baseUrl);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(command.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
        try {
            GatewaySettings settings = GatewaySettings.of(variables);
            TwilioProperties twilio = settings.read("patchbay.provider.twilio", TwilioProperties.class);
            PublicPlaneProperties plane = settings.read("patchbay.http", PublicPlaneProperties.class);
            if (!twilio.isConfigured()) {
                err.println("Twilio not configured. Set TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN");
                return 1;
            }
            HttpProbe http = new HttpProbe();
            URI origin = given == null ? new Ngrok(http, ngrokApi).origin(plane.port()) : given;
            boolean all = true;
            for (String number : wanted) {
                all &= set(new TwilioNumbers(http, twilio), number, WebhookUrls.at(origin, null), out, err);
            }
            if (!origin.equals(Diagnosis.origin(plane, twilio))) {
                out.printf("Start the gateway with WEBHOOK_BASE_URL=%s: signatures are checked against it.%n", origin);
            }
            return all ? 0 : 1;
        } catch (InvalidSettingException | Refused | Unreachable e) {
            err.println(e.getMessage());
            if (given == null && e instanceof Unreachable) {
                err.println("Give the public origin with --base-url, or start a tunnel: ngrok http 8080");
            }
            return 1;
        }
    }

    private static boolean set(TwilioNumbers numbers, String number, WebhookUrls urls, PrintWriter out, PrintWriter err)
            throws Unreachable, Refused {
        Optional<TwilioNumbers.PhoneNumber> found = numbers.find(number);
        if (found.isEmpty()) {
            err.println(number + ": not a number of this account");
            return false;
        }
        TwilioNumbers.PhoneNumber now = numbers.update(found.get().sid(), urls);
        out.println(number);
        now.urls().named().forEach((name, url) -> out.printf("  %-8s  %s%n", name, url));
        if (now.elsewhere() != null) {
            out.printf("  Twilio ignores the voice URLs: calls go to its %s%n", now.elsewhere());
        }
        return now.urls().equals(urls) && now.elsewhere() == null;
    }
}
