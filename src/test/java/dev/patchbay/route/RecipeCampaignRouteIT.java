package dev.patchbay.route;

import static dev.patchbay.route.RouteScene.agent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.agent.AgentDirectory;
import dev.patchbay.call.Call;
import dev.patchbay.call.CallStatus;
import dev.patchbay.call.Direction;
import dev.patchbay.call.MediaFigures;
import dev.patchbay.call.Placement;
import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.recipe.Campaigns;
import dev.patchbay.store.CallStore;
import dev.patchbay.store.CampaignStore;
import dev.patchbay.store.DoNotCallStore;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The routes of {@code recipe-campaign}: a file, a clock, {@code call-place} for who is called, and the do-not-call list. */
class RecipeCampaignRouteIT {

    private static final String ADA = "+15005550101";
    private static final String BEN = "+15005550102";
    private static final String INVALID = "+15005550001";

    private final List<Placement> placed = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private volatile boolean down;
    private RouteScene scene;

    @BeforeEach
    void start(@TempDir Path dir) {
        scene = new RouteScene(
                        dir,
                        "recipe-campaign",
                        "recipe-campaign-call",
                        "recipe-campaign-close",
                        "recipe-campaign-key",
                        "recipe-campaign-message",
                        "call-dtmf",
                        "recipe-campaign-settings",
                        "recipe-campaign-begin-webhook",
                        "recipe-campaign-get-webhook",
                        "recipe-campaign-stop-webhook",
                        "recipe-campaign-refuse-webhook",
                        "recipe-campaign-allow-webhook",
                        "tool-campaign-optout",
                        "error-default",
                        "error-api")
                .recipe("campaign")
                .setting("patchbay.recipe.campaign.period", "50")
                .setting("patchbay.recipe.campaign.at-once", "2")
                .withCalls()
                .withTwilio()
                .with(agent("parrot"))
                .played("call-place", this::place)
                .played("call-tell", exchange -> told.add(exchange.getMessage().getBody(String.class)));
        scene.lazily("campaigns", Campaigns.class, this::campaigns).start();
    }

    @AfterEach
    void close() throws Exception {
        scene.close();
    }

    @Test
    void aFileIsCalledByItsAgentSoManyAtATime() throws Exception {
        JsonObject answer = campaign(
                "phone,name\n" + ADA + ",Ada\n" + INVALID + ",Nobody\n" + BEN + ",Ben\n+15005550103,Cleo\nx,y\n");

        assertThat(answer.getInteger("calls")).isEqualTo(4);
        assertThat(answer.getInteger("failed")).isEqualTo(1);
        await().untilAsserted(() -> assertThat(placed).extracting(Placement::to).containsExactly(ADA, BEN));
        assertThat(placed.get(0).agentId()).isEqualTo("parrot");
        assertThat(placed.get(0).from()).isEqualTo(RouteScene.OUR_NUMBER);
        assertThat(placed.get(0).context()).containsExactly(Map.entry("name", "Ada"));
        ends(placed.get(0), CallStatus.COMPLETED);
        ends(placed.get(1), CallStatus.NO_ANSWER);
        await().until(() -> placed.size() == 3);
        ends(placed.get(2), CallStatus.COMPLETED);

        JsonObject state = get(answer.getString("id"));
        assertThat(state.getString("status")).isEqualTo("running");
        assertThat(state.getJsonObject("calls"))
                .isEqualTo(new JsonObject()
                        .put("waiting", 1)
                        .put("calling", 0)
                        .put("reached", 2)
                        .put("failed", 1)
                        .put("refused", 0)
                        .put("stopped", 0));
    }

    @Test
    void nobodyOnTheListIsCalled() throws Exception {
        HttpResponse<String> listed = scene.request("PUT", "/recipe/campaign/do-not-call/" + ADA, null, "");
        assertThat(new JsonObject(listed.body()))
                .isEqualTo(new JsonObject().put("phone", ADA).put("do_not_call", true));

        campaign("phone\n" + ADA + "\n" + BEN + "\n");
        await().until(() -> !placed.isEmpty());
        assertThat(placed).extracting(Placement::to).containsExactly(BEN);

        scene.request("DELETE", "/recipe/campaign/do-not-call/" + ADA, null, "");
        campaign("phone\n" + ADA + "\n");
        await().untilAsserted(() -> assertThat(placed).extracting(Placement::to).containsExactly(BEN, ADA));
    }

    @Test
    void whoTellsTheAgentGoesOnTheList() throws Exception {
        campaign("phone\n" + ADA + "\n");
        await().until(() -> !placed.isEmpty());

        Exchange told = scene.send(
                "tool-campaign-optout", Map.of(), Map.of("callId", placed.get(0).id()));
        assertThat(told.getMessage().getBody(String.class)).contains("will not be called again");
        JsonObject again = campaign("phone\n" + ADA + "\n");

        await().untilAsserted(() -> assertThat(
                        get(again.getString("id")).getJsonObject("calls").getInteger("refused"))
                .isEqualTo(1));
        assertThat(placed).hasSize(1);
    }

    @Test
    void soDoesWhoPressesNineAndTheAgentHearsIt() throws Exception {
        campaign("phone\n" + ADA + "\n");
        await().until(() -> !placed.isEmpty());

        scene.send("call-dtmf", "8", Map.of("callId", placed.get(0).id()));
        scene.send("call-dtmf", "9", Map.of("callId", "another"));
        assertThat(scene.bean(DoNotCallStore.class).has(ADA)).isFalse();
        scene.send("call-dtmf", "9", Map.of("callId", placed.get(0).id()));

        assertThat(scene.bean(DoNotCallStore.class).has(ADA)).isTrue();
        assertThat(told).containsExactly("Please do not call me again.");
    }

    @Test
    void soDoesWhoWritesStop() throws Exception {
        Map<String, String> form = Map.of("From", ADA, "Body", "STOP");

        Exchange done = scene.send("recipe-campaign-message", form, Map.of());
        scene.send("recipe-campaign-message", Map.of("From", "72345"), Map.of());

        assertThat(scene.bean(DoNotCallStore.class).has(ADA)).isTrue();
        assertThat(done.getMessage().getBody()).isEqualTo(form);
    }

    @Test
    void whileTheProviderIsNotThereNobodyIsCalledAndNobodyIsLost() throws Exception {
        down = true;
        JsonObject state = campaign("phone\n" + ADA + "\n" + BEN + "\n");

        await().until(() -> scene.bean(CampaignStore.class)
                        .list(state.getString("id"), 1)
                        .get(0)
                        .notBefore()
                != null);

        // The other may be tried just now.
        await().untilAsserted(() -> assertThat(
                        get(state.getString("id")).getJsonObject("calls").getInteger("waiting"))
                .isEqualTo(2));
    }

    @Test
    void anEditOfTheRoutesCallsNobodyTwice() throws Exception {
        String id = campaign("phone\n" + ADA + "\n" + BEN + "\n+15005550103\n+15005550104\n")
                .getString("id");
        for (int i = 0; i < 4; i++) {
            scene.flip();
            int made = i + 1;
            await().until(() -> placed.size() >= made);
            ends(placed.get(i), CallStatus.COMPLETED);
        }

        await().untilAsserted(() -> assertThat(get(id).getString("status")).isEqualTo("finished"));
        assertThat(placed).extracting(Placement::to).containsExactly(ADA, BEN, "+15005550103", "+15005550104");
    }

    @Test
    void aCampaignCanBeStopped() throws Exception {
        String id = campaign("phone\n" + ADA + "\n" + BEN + "\n+15005550103\n").getString("id");
        await().until(() -> placed.size() == 2);

        HttpResponse<String> stopped = scene.request("DELETE", "/recipe/campaign/" + id, null, "");
        assertThat(new JsonObject(stopped.body()).getString("status")).isEqualTo("stopped");
        ends(placed.get(0), CallStatus.COMPLETED);
        ends(placed.get(1), CallStatus.COMPLETED);

        await().untilAsserted(() ->
                assertThat(get(id).getJsonObject("calls").getInteger("reached")).isEqualTo(2));
        assertThat(placed).hasSize(2);
    }

    @Test
    void whatIsWrongIsNamed() throws Exception {
        assertThat(begin("", "phone\n").statusCode()).isEqualTo(400);
        assertThat(begin("?agent=nobody", "phone\n").body()).contains("agent is not known");
        assertThat(begin("?agent=parrot", "name\nAda\n").body()).contains("phone is missing");
        assertThat(scene.get("/recipe/campaign/nobody").statusCode()).isEqualTo(404);
        assertThat(scene.request("PUT", "/recipe/campaign/do-not-call/12", null, "")
                        .body())
                .contains("phone is not a phone number");
    }

    private Campaigns campaigns() {
        return new Campaigns(
                scene.bean(CampaignStore.class),
                scene.bean(DoNotCallStore.class),
                scene.bean(CallStore.class),
                scene.bean(AgentDirectory.class),
                Clock.systemUTC());
    }

    private void place(Exchange exchange) {
        Placement placement = Objects.requireNonNull(exchange.getVariable("placement", Placement.class));
        if (down) {
            throw new PatchbayException(ErrorCategory.UNAVAILABLE, "twilio", "twilio is not asked for now");
        }
        if (placement.to().equals(INVALID)) {
            throw new PatchbayException(ErrorCategory.INVALID_REQUEST, "twilio", "twilio answered 400: 21211");
        }
        placed.add(placement);
        scene.bean(CallStore.class).open(call(placement, CallStatus.QUEUED));
    }

    private static Call call(Placement placement, CallStatus status) {
        return new Call(
                placement.id(),
                "CA" + placement.id(),
                null,
                null,
                Direction.OUTBOUND,
                placement.from(),
                placement.to(),
                placement.agentId(),
                status,
                Instant.now(),
                null,
                null,
                null,
                null,
                null,
                MediaFigures.NONE);
    }

    private HttpResponse<String> begin(String query, String csv) throws Exception {
        return scene.request("POST", "/recipe/campaign" + query, "text/csv", csv);
    }

    private JsonObject campaign(String csv) throws Exception {
        HttpResponse<String> answer = begin("?agent=parrot", csv);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return new JsonObject(answer.body());
    }

    private JsonObject get(String id) throws Exception {
        return new JsonObject(scene.get("/recipe/campaign/" + id).body());
    }

    private void ends(Placement placement, CallStatus status) throws Exception {
        scene.send("recipe-campaign-close", Map.of("call", call(placement, status)));
    }
}
