package dev.patchbay.provider.daily;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.provider.OpenApiContract;
import dev.patchbay.session.Seeds;
import dev.patchbay.session.SessionRequest;
import dev.patchbay.session.SessionRequest.Permissions;
import dev.patchbay.session.SessionRequests;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DailyRequestsTest {

    private static final Instant EXPIRY = Instant.ofEpochSecond(1_700_003_600);

    @Test
    void theSeedsRoom() {
        SessionRequest request = new SessionRequests().read(Seeds.DAILY);

        assertThat(DailyRequests.room(request, EXPIRY))
                .isEqualTo(new JsonObject()
                        .put("name", request.id())
                        .put("privacy", "public")
                        .put(
                                "properties",
                                new JsonObject()
                                        .put("exp", 1_700_003_600L)
                                        .put("eject_at_room_exp", true)
                                        .put("max_participants", 10)));
    }

    @Test
    void theSeedsTokenIsBoundToItsRoomAndExpires() {
        SessionRequest request = new SessionRequests().read(Seeds.DAILY);
        DailyRoom room = new DailyRoom(request.id(), "https://x.daily.co/r", EXPIRY);

        assertThat(DailyRequests.token(request, room).getJsonObject("properties"))
                .isEqualTo(new JsonObject()
                        .put("room_name", request.id())
                        .put("exp", 1_700_003_600L)
                        .put("is_owner", true)
                        .put("user_name", "user")
                        .put("start_video_off", false)
                        .put("start_audio_off", false)
                        .put("enable_screenshare", false)
                        .put(
                                "permissions",
                                new JsonObject()
                                        .put("hasPresence", true)
                                        .put(
                                                "canSend",
                                                new JsonArray().add("video").add("audio"))
                                        .put("canAdmin", true)));
    }

    @Test
    void allAndNothingToSendHaveWordsOfTheirOwn() {
        assertThat(DailyRequests.permissions(new Permissions(false, true, true, true, true))
                        .getValue("canSend"))
                .isEqualTo(true);
        assertThat(DailyRequests.permissions(new Permissions(false, false, false, false, false))
                        .getValue("canSend"))
                .isEqualTo(false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"provider\":\"daily\"}",
                "{\"provider\":\"daily\",\"room_config\":{\"privacy\":\"private\",\"record\":true},"
                        + "\"participant_config\":{\"name\":\"Ada\",\"permissions\":{\"can_send_video\":false}}}",
                "SEED"
            })
    void ourRequestsAreAsTheContractSays(String body) throws Exception {
        SessionRequest request = new SessionRequests().read(body.equals("SEED") ? Seeds.DAILY : body);
        DailyRoom room = new DailyRoom(request.id(), "https://x.daily.co/r", EXPIRY);
        OpenApiContract contract = OpenApiContract.of("daily_openapi.json");

        assertThat(contract.violations(DailyRooms.ROOMS, DailyRequests.room(request, EXPIRY)))
                .isEmpty();
        assertThat(contract.violations(DailyRooms.TOKENS, DailyRequests.token(request, room)))
                .isEmpty();
    }
}
