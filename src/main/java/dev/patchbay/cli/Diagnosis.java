package dev.patchbay.cli;

import dev.patchbay.call.PhoneNumber;
import dev.patchbay.cli.Finding.State;
import dev.patchbay.cli.HttpProbe.Reply;
import dev.patchbay.cli.HttpProbe.Unreachable;
import dev.patchbay.cli.TwilioNumbers.Refused;
import dev.patchbay.http.PublicPlaneProperties;
import dev.patchbay.provider.twilio.TwilioProperties;
import dev.patchbay.provider.twilio.TwilioRequirements;
import dev.patchbay.route.RoutesProperties;
import dev.patchbay.route.check.RouteFolder;
import dev.patchbay.settings.GatewaySettings;
import dev.patchbay.settings.InvalidSettingException;
import dev.patchbay.store.StoreCheck;
import dev.patchbay.store.StoreProperties;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks at settings, store, providers, public URL and phone numbers, and changes nothing. */
final class Diagnosis {

    private static final List<String> GROUPS =
            List.of("variables", "settings", "routes", "store", "providers", "gateway", "numbers");

    private final GatewaySettings settings;
    private final HttpProbe http = new HttpProbe();
    private final List<Finding> findings = new ArrayList<>();

    private Diagnosis(GatewaySettings settings) {
        this.settings = settings;
    }

    /** @param variables the process's environment */
    static List<Finding> of(Map<String, String> variables) {
        Diagnosis diagnosis = new Diagnosis(GatewaySettings.of(variables));
        diagnosis.run();
        diagnosis.findings.sort(Comparator.comparing(finding -> GROUPS.indexOf(finding.group())));
        return diagnosis.findings;
    }

    private void run() {
        settings.variables()
                .forEach((variable, origin) -> findings.add(new Finding(
                        "variables",
                        variable,
                        origin.isEmpty() ? State.OFF : State.OK,
                        origin.isEmpty() ? "not set" : "set (" + origin + ")")));
        PublicPlaneProperties plane = read("patchbay.http", PublicPlaneProperties.class);
        TwilioProperties twilio = read("patchbay.provider.twilio", TwilioProperties.class);
        StoreProperties store = read("patchbay.store", StoreProperties.class);
        settings.faults().forEach(this::fault);
        if (plane != null && twilio != null) {
            requirements(plane, twilio);
        }
        RoutesProperties routes = read("patchbay.routes", RoutesProperties.class);
        if (routes != null) {
            routes(routes);
        }
        if (store != null) {
            store(store);
        }
        // Each may take seconds to say that it does not answer.
        List<CompletableFuture<List<Finding>>> asked = new ArrayList<>();
        if (twilio != null) {
            asked.add(later(() -> twilio(twilio, plane)));
        }
        ProviderApi.ALL.forEach(
                api -> asked.add(later(() -> api.ask(settings, http).stream().toList())));
        if (plane != null) {
            asked.add(later(() -> List.of(webhookUrl(plane, twilio))));
        }
        asked.forEach(answer -> findings.addAll(answer.join()));
    }

    private static CompletableFuture<List<Finding>> later(Supplier<List<Finding>> check) {
        return CompletableFuture.supplyAsync(check, task -> new Thread(task, "doctor").start());
    }

    /** Null for what cannot be read, which is among the faults. */
    private <T> @Nullable T read(String key, Class<T> type) {
        try {
            return settings.read(key, type);
        } catch (InvalidSettingException wrong) {
            return null;
        }
    }

    private void fault(InvalidSettingException wrong) {
        String[] said = String.valueOf(wrong.getMessage()).split(": ", 2);
        findings.add(new Finding("settings", said[0], State.WRONG, said[said.length - 1]));
    }

    private void requirements(PublicPlaneProperties plane, TwilioProperties twilio) {
        try {
            new TwilioRequirements(twilio, plane, settings.environment());
        } catch (InvalidSettingException wrong) {
            fault(wrong);
        }
    }

    private void routes(RoutesProperties routes) {
        int files = new RouteFolder(routes.dir(), false).read().routeFiles().size();
        findings.add(
                files == 0
                        ? new Finding(
                                "routes",
                                "routes",
                                State.WRONG,
                                "no routes in " + routes.dir().toAbsolutePath() + ": set PATCHBAY_ROUTES_DIR")
                        : new Finding(
                                "routes",
                                "routes",
                                State.OK,
                                files + " files in " + routes.dir() + "; routes check looks into them"));
    }

    private void store(StoreProperties store) {
        try {
            findings.add(new Finding("store", "store", State.OK, StoreCheck.of(store)));
        } catch (IllegalStateException e) {
            findings.add(new Finding("store", "store", State.WRONG, String.valueOf(e.getMessage())));
        }
    }

    private List<Finding> twilio(TwilioProperties twilio, @Nullable PublicPlaneProperties plane) {
        List<Finding> found = new ArrayList<>();
        if (!twilio.isConfigured()) {
            String missing = String.join(", ", twilio.missing());
            return List.of(new Finding("providers", "twilio", State.WRONG, "not configured: set " + missing));
        }
        found.add(ProviderApi.ask(
                "twilio",
                http,
                twilio.apiBaseUrl() + "/2010-04-01/Accounts/" + twilio.accountSid() + ".json",
                TwilioNumbers.authorization(twilio)));
        if (twilio.phoneNumbers().isEmpty()) {
            found.add(new Finding(
                    "numbers", "-", State.WARNING, "TWILIO_PHONE_NUMBER is not set: calls come in, and none go out"));
        }
        URI origin = plane == null ? null : origin(plane, twilio);
        if (found.get(0).state() == State.OK) {
            twilio.phoneNumbers().forEach(number -> found.addAll(number(number, twilio, origin)));
        }
        return found;
    }

    private List<Finding> number(String number, TwilioProperties twilio, @Nullable URI origin) {
        String name = PhoneNumber.masked(number);
        Optional<TwilioNumbers.PhoneNumber> found;
        try {
            found = new TwilioNumbers(http, twilio).find(number);
        } catch (Unreachable | Refused e) {
            return List.of(new Finding("numbers", name, State.WRONG, String.valueOf(e.getMessage())));
        }
        if (found.isEmpty()) {
            return List.of(new Finding("numbers", name, State.WRONG, "not a number of this account"));
        }
        WebhookUrls ours = origin == null ? null : WebhookUrls.at(origin, twilio.webhookUrl());
        List<Finding> findings = new ArrayList<>();
        found.get().urls().named().forEach((url, there) -> {
            boolean right = ours != null
                    && (Objects.equals(there, ours.named().get(url))
                            || (url.equals("voice") && ours.isVoiceDoor(there)));
            State wrong = url.equals("voice") ? State.WRONG : State.WARNING;
            findings.add(new Finding(
                    "numbers",
                    name + " " + url,
                    right ? State.OK : wrong,
                    (there == null ? "not set" : there)
                            + (right ? "" : ", not this gateway: see numbers set-webhooks")));
        });
        if (found.get().elsewhere() != null) {
            findings.add(new Finding(
                    "numbers",
                    name,
                    State.WRONG,
                    "calls go to its " + found.get().elsewhere() + " instead"));
        }
        return findings;
    }

    /** As the gateway builds its URLs: without a public origin, on its own (the sandbox, or no Twilio). */
    static URI origin(PublicPlaneProperties plane, @Nullable TwilioProperties twilio) {
        URI origin = plane.publicOrigin(twilio == null ? null : twilio.webhookUrl());
        return origin == null ? URI.create("http://127.0.0.1:" + plane.port()) : origin;
    }

    private Finding webhookUrl(PublicPlaneProperties plane, @Nullable TwilioProperties twilio) {
        URI asked = origin(plane, twilio);
        boolean configured = plane.publicOrigin(twilio == null ? null : twilio.webhookUrl()) != null;
        String name = configured ? "WEBHOOK_BASE_URL" : "this machine";
        try {
            Reply reply = http.get(URI.create(asked + "/health"), Map.of());
            boolean gateway = reply.body().contains("\"providers\"");
            return gateway
                    ? new Finding(
                            "gateway",
                            name,
                            reply.status() == 200 ? State.OK : State.WRONG,
                            "health: HTTP " + reply.status())
                    : new Finding(
                            "gateway",
                            name,
                            State.WRONG,
                            "HTTP " + reply.status() + " from something that is no gateway");
        } catch (Unreachable e) {
            return new Finding("gateway", name, State.WRONG, e.getMessage() + ": do the gateway and its tunnel run?");
        }
    }
}
