package dev.patchbay.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How each gateway is built and started. All bridge the same caller protocol to the same agent, on 127.0.0.1. */
final class Contenders {

    static final String BARE = "bare C loop";
    static final String VERTX = "Vert.x bridge";
    static final String PATCHBAY = "Patchbay";
    static final String FASTAPI = "FastAPI + audioop";
    static final String NODE = "Node ws";

    private static final Path SOURCES = Path.of("src/test/bench");
    private static final String AUTH_TOKEN = "0123456789abcdef0123456789abcdef";

    private final BenchSettings settings;
    private final int agentPort;

    Contenders(BenchSettings settings, int agentPort) {
        this.settings = settings;
        this.agentPort = agentPort;
    }

    Contender start(String name, Cores cores) throws Skipped {
        return switch (name) {
            case BARE -> bareLoop(cores);
            case VERTX -> vertx(cores);
            case PATCHBAY -> patchbay(cores, List.of("-jar", settings.jar().toString()), Map.of());
            case FASTAPI -> fastApi(cores);
            case NODE -> node(cores);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** The gateway with its records in this MongoDB instead of its own store. */
    Contender patchbayOn(String mongoUri, Cores cores) throws Skipped {
        return patchbay(cores, List.of("-jar", settings.jar().toString()), Map.of("MONGODB_URI", mongoUri));
    }

    /** The gateway from its extracted jar with a class archive made by a training run. */
    Contender patchbayExtracted(Cores cores) throws Skipped {
        Path extracted = settings.work().resolve("extracted");
        Path archive = settings.work().resolve("patchbay.jsa");
        requireJar();
        List<String> extract = List.of(
                java(),
                "-Djarmode=tools",
                "-jar",
                settings.jar().toString(),
                "extract",
                "--force",
                "--destination",
                extracted.toString());
        run("extraction", extract, Map.of());
        String jar = extracted.resolve(settings.jar().getFileName()).toString();
        List<String> train =
                List.of(java(), "-XX:ArchiveClassesAtExit=" + archive, "-Dspring.context.exit=onRefresh", "-jar", jar);
        run("training", train, environment(Contender.freePort()));
        return patchbay(cores, List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:auto", "-jar", jar), Map.of());
    }

    private Contender patchbay(Cores cores, List<String> arguments, Map<String, String> more) throws Skipped {
        requireJar();
        int port = Contender.freePort();
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(settings.jvm());
        command.addAll(arguments);
        Map<String, String> environment = environment(port);
        environment.putAll(more);
        return Contender.start(
                PATCHBAY,
                command,
                environment,
                cores,
                "http://127.0.0.1:" + port + "/twilio/incoming-call",
                AUTH_TOKEN,
                settings.work());
    }

    private Map<String, String> environment(int port) throws Skipped {
        Map<String, String> environment = new HashMap<>();
        environment.put("PATCHBAY_HTTP_PORT", Integer.toString(port));
        environment.put("PATCHBAY_HTTP_HOST", "127.0.0.1");
        environment.put("SERVER_PORT", Integer.toString(Contender.freePort()));
        environment.put("PATCHBAY_DATA_DIR", temporary().toString());
        environment.put("PATCHBAY_ROUTES_DIR", settings.routes().toString());
        environment.put("PATCHBAY_MAX_CALLS", "5000");
        environment.put("WEBHOOK_BASE_URL", "http://127.0.0.1:" + port);
        environment.put("TWILIO_ACCOUNT_SID", CallAddress.ACCOUNT_SID);
        environment.put("TWILIO_AUTH_TOKEN", AUTH_TOKEN);
        environment.put("TWILIO_PHONE_NUMBER", "+15550001111");
        environment.put("TWILIO_API_BASE_URL", "http://127.0.0.1:" + agentPort);
        environment.put("ELEVENLABS_API_KEY", "bench");
        environment.put("ELEVENLABS_AGENT_ID", "bench");
        environment.put("ELEVENLABS_API_BASE_URL", "http://127.0.0.1:" + agentPort);
        return environment;
    }

    private Contender bareLoop(Cores cores) throws Skipped {
        Path binary = settings.work().resolve("bare_bridge");
        String source = SOURCES.resolve("bare_bridge.c").toString();
        run("gcc", List.of("gcc", "-O2", "-o", binary.toString(), source), Map.of());
        return bridge(BARE, cores, List.of(binary.toString()));
    }

    private Contender vertx(Cores cores) throws Skipped {
        String classPath = System.getProperty("java.class.path");
        return bridge(VERTX, cores, List.of(java(), "-cp", classPath, VertxBridge.class.getName()));
    }

    private Contender fastApi(Cores cores) throws Skipped {
        String python = Files.isExecutable(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";
        run("python", List.of(python, "-c", "import audioop, fastapi, uvicorn, websockets"), Map.of());
        return bridge(
                FASTAPI,
                cores,
                List.of(python, SOURCES.resolve("fastapi_bridge.py").toString()));
    }

    /** The one dependency goes under target/, once; without a registry at hand this contender is skipped. */
    private Contender node(Cores cores) throws Skipped {
        Path home = settings.work().resolve("node");
        if (Files.notExists(home.resolve("node_modules/ws"))) {
            run(
                    "npm",
                    List.of("npm", "install", "--no-audit", "--no-fund", "--prefix", home.toString(), "ws@8"),
                    Map.of());
        }
        try {
            Files.copy(
                    SOURCES.resolve("node_bridge.mjs"),
                    home.resolve("node_bridge.mjs"),
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw new Skipped("node: " + failed.getMessage());
        }
        return bridge(
                NODE, cores, List.of("node", home.resolve("node_bridge.mjs").toString()));
    }

    private Contender bridge(String name, Cores cores, List<String> program) throws Skipped {
        int port = Contender.freePort();
        List<String> command = new ArrayList<>(program);
        command.add(Integer.toString(port));
        command.add(Integer.toString(agentPort));
        String door = "ws://127.0.0.1:" + port + "/twilio/media-stream";
        return Contender.start(name, command, Map.of(), cores, door, "", settings.work());
    }

    private void requireJar() throws Skipped {
        if (Files.notExists(settings.jar())) {
            throw new Skipped(settings.jar() + " is not there");
        }
    }

    private void run(String what, List<String> command, Map<String, String> environment) throws Skipped {
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(settings.work().resolve(what + ".log").toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(3, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new Skipped(what + " took more than 3 minutes");
            }
            if (process.exitValue() != 0) {
                throw new Skipped(what + " failed, see " + settings.work().resolve(what + ".log"));
            }
        } catch (IOException absent) {
            throw new Skipped(what + " is not installed");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Skipped(what + " was interrupted");
        }
    }

    private Path temporary() throws Skipped {
        try {
            return Files.createTempDirectory(settings.work(), "data");
        } catch (IOException failed) {
            throw new Skipped("no directory for its data: " + failed.getMessage());
        }
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
