package dev.patchbay.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.session.SessionRequest.Config;
import dev.patchbay.session.SessionRequest.Participant;
import dev.patchbay.session.SessionRequest.Permissions;
import dev.patchbay.session.SessionRequest.Room;
import dev.patchbay.session.SessionRequest.Service;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionRequestsTest {

    private final SessionRequests requests = new SessionRequests();

    @Test
    void theSeedsRoom() {
        SessionRequest request = requests.read(Seeds.DAILY);

        assertThat(request.provider()).isEqualTo("daily");
        assertThat(request.room()).isEqualTo(new Room(false, 10, null));
        assertThat(request.participant())
                .isEqualTo(new Participant("user", true, new Permissions(true, true, true, false, false)));
        assertThat(request.config()).isEqualTo(Config.NONE);
        assertThat(request.agent()).isNull();
    }

    @Test
    void theSeedsCall() {
        SessionRequest request = requests.read(Seeds.TWILIO);

        assertThat(request.provider()).isEqualTo("twilio");
        assertThat(request.participant().name()).isEqualTo("+1234567890");
    }

    @Test
    void theSeedsConfiguration() {
        SessionRequest request = requests.readWithConfig(Seeds.WITH_CONFIG);

        assertThat(request.config().systemPrompt()).isEqualTo("You are a helpful AI assistant for phone calls.");
        List<Service> services =
                List.of(new Service("stt", "openai"), new Service("llm", "openai"), new Service("tts", "elevenlabs"));
        assertThat(request.config().services().subList(0, 3)).isEqualTo(services);
        assertThat(request.config().services().subList(3, 6)).isEqualTo(services);
        assertThat(request.config().given()).containsOnlyKeys("system_prompt", "pipeline", "connectors");
    }

    @Test
    void whatIsNotSaidIsAsInAnyMeeting() {
        SessionRequest request = requests.read("{\"provider\":\"daily\",\"unheard_of\":1}");

        assertThat(request.room()).isEqualTo(new Room(true, null, null));
        assertThat(request.participant())
                .isEqualTo(new Participant(null, false, new Permissions(false, true, true, true, true)));
    }

    @Test
    void aRoomOfAKameletIsWhatItsParametersSay() {
        SessionRequest room = requests.room("daily", "Ada", "true", "public", "3", "true");

        assertThat(room.provider()).isEqualTo("daily");
        assertThat(room.room()).isEqualTo(new Room(false, 3, true));
        assertThat(room.participant())
                .isEqualTo(new Participant("Ada", true, new Permissions(false, true, true, true, true)));
        SessionRequest blank = requests.room("daily", "", "", null, " ", "");
        assertThat(blank.room()).isEqualTo(new Room(true, null, false));
        assertThat(blank.participant().name()).isNull();
        assertThat(blank.participant().owner()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "maybe, public, 3, owner must be true or false",
        "true, secret, 3, privacy must be public or private",
        "true, public, 0, maxParticipants must be a whole number",
        "true, public, many, maxParticipants must be a whole number",
    })
    void aWrongParameterIsNamed(String owner, String privacy, String most, String message) {
        assertThatThrownBy(() -> requests.room("daily", "Ada", owner, privacy, most, "false"))
                .isInstanceOf(PatchbayException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void everySessionHasAnIdOfItsOwn() {
        assertThat(requests.read(Seeds.DAILY).id())
                .isNotEqualTo(requests.read(Seeds.DAILY).id());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                                             | provider is missing
            {"provider":7}                                                                 | provider must be a text
            {"provider":"daily","room_config":[]}                                          | room_config must be an object
            {"provider":"daily","room_config":{"privacy":"secret"}}                        | room_config.privacy must be public or private
            {"provider":"daily","room_config":{"max_participants":0}}                      | room_config.max_participants must be a whole number
            {"provider":"daily","room_config":{"max_participants":"10"}}                   | room_config.max_participants must be a whole number
            {"provider":"daily","room_config":{"record":"yes"}}                            | room_config.record must be true or false
            {"provider":"daily","participant_config":{"name":1}}                           | participant_config.name must be a text
            {"provider":"daily","participant_config":{"permissions":{"can_admin":1}}}      | participant_config.permissions.can_admin must be true or false
            {"provider":"daily","config":{"system_prompt":{}}}                             | config.system_prompt must be a text
            {"provider":"daily","config":{"pipeline":{"steps":{}}}}                        | config.pipeline.steps must be a list
            {"provider":"daily","config":{"pipeline":{"steps":[{"service":"stt"}]}}}       | config.pipeline.steps[0].connector is missing
            {"provider":"daily","config":{"pipeline":{"steps":[3]}}}                       | config.pipeline.steps[0] must be an object
            {"provider":"daily","config":{"connectors":{"stt":{}}}}                        | config.connectors.stt.provider is missing
            """)
    void aWrongFieldIsNamed(String body, String message) {
        PatchbayException refused = catchThrowableOfType(PatchbayException.class, () -> requests.read(body));

        assertThat(refused.category()).isEqualTo(ErrorCategory.INVALID_REQUEST);
        assertThat(refused).hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "7", "{\"provider\":", "text"})
    void aBodyThatIsNoObjectIsRefused(String body) {
        assertThatThrownBy(() -> requests.read(body))
                .isInstanceOf(PatchbayException.class)
                .hasMessage("body must be a JSON object");
    }

    @Test
    void withConfigMeansWithAConfig() {
        assertThatThrownBy(() -> requests.readWithConfig(Seeds.TWILIO)).hasMessage("config is missing");
    }
}
