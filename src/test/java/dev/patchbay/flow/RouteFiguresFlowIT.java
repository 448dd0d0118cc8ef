package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.route.GatewayBeans;
import dev.patchbay.route.check.RouteFolder;
import dev.patchbay.route.check.YamlRoute;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * What hawtio and Prometheus read of the running routes. The requests are those that hawtio's page sends: the routes'
 * objects, {@code dumpRoutesAsXml()} for the diagrams, {@code dumpRoutesStatsAsXml} for the numbers in them.
 */
class RouteFiguresFlowIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern CONTEXT = Pattern.compile("context=([^,]+)");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(.+)}}");
    private static final Pattern SAMPLE =
            Pattern.compile("(?m)^camel_route_exchanges_total\\{route=\"([^\"]+)\"} ([0-9.E]+)$");

    private final RunningGateway gateway = RunningGateway.withRecipes();
    private String context;

    @Test
    void hawtioHasEveryRouteOfTheFilesAsItIsThere() throws Exception {
        Map<String, JsonObject> objects = objects();
        List<YamlRoute> files = files();

        assertThat(files).as("routes of all folders").hasSizeGreaterThan(120);
        assertThat(files.stream().map(RouteFiguresFlowIT::place))
                .contains("api", "webhook", "operation", "provider", "recipe", "sandbox");
        assertThat(objects.keySet()).containsAll(ids(files));
        for (YamlRoute file : files) {
            JsonObject object = objects.get(file.id());
            assertThat(object.getString("Description")).as(file.id()).isEqualTo(file.value("description"));
            assertThat(object.getString("State")).as(file.id()).isEqualTo("Started");
        }
    }

    @Test
    void hawtioCanDrawEveryOneOfThem() throws Exception {
        String dump = text(exec("dumpRoutesAsXml()"));
        Map<String, Element> drawn = elements(dump, "route");

        for (YamlRoute file : files()) {
            Element route = drawn.get(file.id());
            assertThat(route).as(file.id()).isNotNull();
            assertThat(description(route)).as(file.id()).isEqualTo(file.value("description"));
            assertThat(((Element) route.getElementsByTagName("from").item(0)).getAttribute("uri"))
                    .as(file.id())
                    .startsWith(file.uri().split(":", 2)[0]);
            Set<String> steps = stepIds(route);
            assertThat(steps)
                    .as(file.id() + ": ids of its steps")
                    .containsAll(file.sendings().stream()
                            .map(YamlRoute.Sending::id)
                            .filter(id -> !id.isEmpty())
                            .toList());
            // The same for one route alone, which is what a route's own page asks for.
            assertThat(text(operation(file.id(), "dumpRouteAsXml()"))).contains("id=\"" + file.id() + "\"");
        }
    }

    @Test
    void hawtiosNumbersMoveWithACall() throws Exception {
        long before = completed("call-answer");

        gateway.postSigned(
                "/twilio/incoming-call",
                Map.of(
                        "CallSid", "CA000000000000000000000000f1a12e51",
                        "AccountSid", RunningGateway.ACCOUNT,
                        "From", "anonymous",
                        "To", "+15550000000",
                        "CallStatus", "ringing",
                        "Direction", "inbound"));

        assertThat(completed("call-answer")).isEqualTo(before + 1);
        assertThat(objects().get("call-answer").getLong("ExchangesTotal")).isGreaterThan(before);
        Map<String, Element> numbers = elements(text(exec("dumpRoutesStatsAsXml", true, true)), "routeStat");
        assertThat(numbers.keySet()).containsAll(ids(files()));
    }

    @Test
    void prometheusHasEveryRouteByItsIdAndCountsOnWhenTheRoutesAreChanged() throws Exception {
        KameletGateway edited = KameletGateway.shared();
        edited.gateway.get("/twiml/greeting?message=Hello");
        Map<String, Double> before = prometheus(edited.gateway);
        assertThat(before.keySet())
                .containsAll(ids(files(edited.gateway)))
                .noneMatch(id -> id.matches(".*-[0-9A-F]{15,}")); // ids that Camel makes up anew in every generation
        assertThat(before.get("api-twiml-get")).isPositive();

        edited.flip();
        Map<String, Double> after = prometheus(edited.gateway);
        assertThat(after.get("api-twiml-get")).isGreaterThanOrEqualTo(before.get("api-twiml-get"));
        edited.gateway.get("/twiml/greeting?message=Hello");
        edited.flip();

        await().untilAsserted(() ->
                assertThat(prometheus(edited.gateway).get("api-twiml-get")).isEqualTo(before.get("api-twiml-get") + 1));
    }

    private static String place(YamlRoute route) {
        return route.folder().split("/", 2)[0];
    }

    private static Set<String> ids(List<YamlRoute> routes) {
        return routes.stream().map(YamlRoute::id).collect(Collectors.toCollection(TreeSet::new));
    }

    private List<YamlRoute> files() {
        return files(gateway);
    }

    /** The routes of the files that are on, in all folders. */
    private static List<YamlRoute> files(RunningGateway gateway) {
        return YamlRoute.all(new RouteFolder(Path.of("routes"), true).read()).stream()
                .filter(route -> isOn(route, gateway))
                .toList();
    }

    private static boolean isOn(YamlRoute route, RunningGateway gateway) {
        if (!route.has("precondition")) {
            return true;
        }
        Matcher key = PLACEHOLDER.matcher(route.value("precondition"));
        assertThat(key.matches()).as(route.id() + " depends on one setting").isTrue();
        return "true".equals(GatewayBeans.of(gateway.context()).settings().apply(key.group(1)));
    }

    /** What JMX has of each route: of the generation that answers requests now. */
    private Map<String, JsonObject> objects() throws Exception {
        JsonObject answer = jolokia(new JsonObject()
                .put("type", "read")
                .put("mbean", "org.apache.camel:context=" + context() + ",type=routes,*")
                .put(
                        "attribute",
                        JsonArray.of("RouteId", "Description", "State", "ExchangesTotal", "ExchangesCompleted")));
        Map<String, JsonObject> objects = new TreeMap<>();
        for (Object object : answer.getJsonObject("value").getMap().values()) {
            JsonObject route = new JsonObject(cast(object));
            objects.put(route.getString("RouteId"), route);
        }
        return objects;
    }

    @SuppressWarnings("unchecked") // JSON's objects are maps of texts.
    private static Map<String, Object> cast(Object object) {
        return object instanceof JsonObject json ? json.getMap() : (Map<String, Object>) object;
    }

    private long completed(String route) throws Exception {
        return objects().get(route).getLong("ExchangesCompleted");
    }

    /** Other gateways of this JVM have contexts too: ours is the one that counts what we are asked. */
    private String context() throws Exception {
        if (context == null) {
            Map<String, Long> before = countsOfEveryContext();
            gateway.get("/twiml/greeting?message=Hello");
            Map<String, Long> after = countsOfEveryContext();
            context = after.keySet().stream()
                    .filter(name -> after.get(name) > before.getOrDefault(name, 0L))
                    .findFirst()
                    .orElseThrow();
        }
        return context;
    }

    private Map<String, Long> countsOfEveryContext() throws Exception {
        JsonObject answer = jolokia(new JsonObject()
                .put("type", "read")
                .put("mbean", "org.apache.camel:type=routes,name=\"api-twiml-get\",*")
                .put("attribute", "ExchangesTotal"));
        Map<String, Long> counts = new TreeMap<>();
        answer.getJsonObject("value").forEach(object -> {
            Matcher name = CONTEXT.matcher(object.getKey());
            assertThat(name.find()).as(object.getKey()).isTrue();
            counts.put(name.group(1), new JsonObject(cast(object.getValue())).getLong("ExchangesTotal"));
        });
        return counts;
    }

    private JsonObject exec(String operation, Object... arguments) throws Exception {
        JsonObject found = jolokia(new JsonObject()
                .put("type", "search")
                .put("mbean", "org.apache.camel:context=" + context() + ",type=context,*"));
        return exec(found.getJsonArray("value").getString(0), operation, arguments);
    }

    private JsonObject operation(String route, String operation) throws Exception {
        return exec("org.apache.camel:context=" + context() + ",type=routes,name=\"" + route + "\"", operation);
    }

    private JsonObject exec(String object, String operation, Object... arguments) throws Exception {
        return jolokia(new JsonObject()
                .put("type", "exec")
                .put("mbean", object)
                .put("operation", operation)
                .put("arguments", new JsonArray(List.of(arguments))));
    }

    private JsonObject jolokia(JsonObject request) throws Exception {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(operations(gateway, "/actuator/hawtio/jolokia/"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(request.encode()))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonObject json = new JsonObject(answer.body());
        assertThat(json.getInteger("status"))
                .as(request + ": " + json.getString("error"))
                .isEqualTo(200);
        return json;
    }

    private static String text(JsonObject answer) {
        return Optional.ofNullable(answer.getString("value")).orElse("");
    }

    private static Map<String, Double> prometheus(RunningGateway gateway) throws Exception {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(operations(gateway, "/actuator/prometheus"))
                        .build(),
                BodyHandlers.ofString());
        return SAMPLE.matcher(answer.body())
                .results()
                .collect(Collectors.toMap(sample -> sample.group(1), sample -> Double.valueOf(sample.group(2))));
    }

    private static URI operations(RunningGateway gateway, String path) {
        return URI.create("http://127.0.0.1:" + gateway.operationsPort() + path);
    }

    /** The elements of this name by their ids. */
    private static Map<String, Element> elements(String xml, String name) throws Exception {
        NodeList found = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
                .getElementsByTagName(name);
        return all(found).collect(Collectors.toMap(element -> element.getAttribute("id"), element -> element));
    }

    private static Set<String> stepIds(Element route) {
        return all(route.getElementsByTagName("*"))
                .map(step -> step.getAttribute("id"))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static String description(Element route) {
        return route.hasAttribute("description")
                ? route.getAttribute("description")
                : route.getElementsByTagName("description").item(0).getTextContent();
    }

    private static Stream<Element> all(NodeList nodes) {
        return IntStream.range(0, nodes.getLength()).mapToObj(nodes::item).map(Element.class::cast);
    }
}
