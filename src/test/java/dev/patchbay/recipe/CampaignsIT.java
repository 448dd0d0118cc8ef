package dev.patchbay.recipe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoDatabase;
import dev.patchbay.agent.AgentDirectory;
import dev.patchbay.call.Call;
import dev.patchbay.call.CallStatus;
import dev.patchbay.call.Direction;
import dev.patchbay.call.Ids;
import dev.patchbay.call.MediaFigures;
import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.store.CallStore;
import dev.patchbay.store.CampaignFiles;
import dev.patchbay.store.CampaignStore;
import dev.patchbay.store.CampaignStore.CampaignCall;
import dev.patchbay.store.DoNotCallStore;
import dev.patchbay.store.EmbeddedDatabase;
import java.net.ConnectException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is called next, and what becomes of it. */
@ExtendWith(EmbeddedDatabase.class)
class CampaignsIT {

    private static final String ADA = "+14155550101";
    private static final String BEN = "+14155550102";
    private static final String CLEO = "+14155550103";

    private final CampaignStore store;
    private final CallStore calls;
    private final DoNotCallStore doNotCall;
    /** A Friday noon in New York. */
    private final MovedClock clock = new MovedClock(Instant.parse("2026-11-27T17:00:00Z"));

    private final CampaignRules rules = new CampaignRules();
    private Campaigns campaigns;

    CampaignsIT(MongoDatabase database) {
        store = new CampaignStore(database);
        calls = new CallStore(database);
        doNotCall = new DoNotCallStore(database);
        campaigns = made(store);
    }

    @BeforeEach
    void rules() {
        rules.setHours("""
                number | time zones       | hours       | holidays
                +1*    | America/New_York | Mo-Fr 09:00-20:00 |
                """);
        rules.setAttempts(2);
        rules.setPause(30);
        rules.setAtOnce(2);
    }

    @Test
    void numbersAreCalledInTheOrderOfTheFileSoManyAtATime() throws Exception {
        String id = campaign(ADA, BEN, CLEO);

        CampaignCall ada = made();
        assertThat(ada.phone()).isEqualTo(ADA);
        assertThat(campaigns.agentOf(ada)).isEqualTo("parrot");
        assertThat(made().phone()).isEqualTo(BEN);
        assertThat(makes()).as("two at a time").isNull();
        ends(ada, CallStatus.COMPLETED);
        assertThat(made().phone()).isEqualTo(CLEO);
        assertThat(counts(id).toString())
                .isEqualTo("{waiting=0, calling=2, reached=1, failed=0, refused=0, stopped=0}");
    }

    @Test
    void whoDoesNotAnswerIsTriedAgainLaterAndNotForEver() throws Exception {
        String id = campaign(ADA);
        CampaignCall first = made();

        ends(first, CallStatus.NO_ANSWER);
        ends(first, CallStatus.NO_ANSWER); // told twice
        clock.pass(29 * 60);
        assertThat(makes()).isNull();
        clock.pass(60);
        CampaignCall second = made();
        assertThat(second.attempts()).isEqualTo(2);
        ends(second, CallStatus.BUSY);

        clock.pass(24 * 3600);
        assertThat(makes()).isNull();
        assertThat(campaigns.get(id)).containsEntry("status", "finished");
        assertThat(counts(id).get("failed")).isEqualTo(1);
        assertThat(store.list(id, 1).get(0).last()).isEqualTo("busy");
    }

    @Test
    void quietHoursAreKept() throws Exception {
        campaign(ADA);
        clock.pass(9 * 3600); // nine in the evening

        assertThat(makes()).isNull();
        clock.pass(12 * 3600); // nine on Saturday
        assertThat(makes()).isNull();
        clock.pass(48 * 3600); // nine on Monday
        assertThat(made().phone()).isEqualTo(ADA);
    }

    @Test
    void whoAskedNotToBeCalledIsNot() throws Exception {
        String id = campaign(ADA, BEN);
        campaigns.doNotCall("+1 415 555 0101");

        assertThat(made().phone()).isEqualTo(BEN);
        assertThat(counts(id).get("refused")).isEqualTo(1);
        campaigns.mayCall(ADA);
        assertThat(doNotCall.has(ADA)).isFalse();
        assertThatThrownBy(() -> campaigns.doNotCall("Ada")).hasMessageStartingWith("phone is not a phone number");
    }

    @Test
    void aNumberThatTwilioRefusesIsGivenUp() throws Exception {
        String id = campaign(ADA, BEN);

        campaigns.refused(made(), fault(ErrorCategory.INVALID_REQUEST, "twilio answered 400: 21211 Invalid"));
        campaigns.refused(
                made(),
                new IllegalStateException(
                        fault(ErrorCategory.INVALID_REQUEST, "twilio answered 400: 21610 opted out")));

        assertThat(counts(id).get("failed")).isEqualTo(1);
        assertThat(counts(id).get("refused")).isEqualTo(1);
        assertThat(doNotCall.has(ADA)).isFalse();
        assertThat(doNotCall.has(BEN)).isTrue();
        assertThat(store.live()).isZero();
    }

    @Test
    void aCallOfWhichNobodyKnowsWhetherItWasMadeIsLookedUpAndNotMadeAgain() throws Exception {
        String id = campaign(ADA, BEN);
        CampaignCall ada = made();
        CampaignCall ben = made();
        campaigns.refused(ada, fault(ErrorCategory.TIMED_OUT, "twilio did not answer in time"));
        campaigns.refused(ben, fault(ErrorCategory.PROVIDER_FAILED, "twilio answered 503"));
        calls.open(call(ada, CallStatus.COMPLETED)); // it was made, and its event was lost

        assertThat(makes()).isNull();
        clock.pass(10 * 60);
        assertThat(makes()).isNull();
        assertThat(counts(id).get("reached")).isEqualTo(1);
        assertThat(counts(id).get("failed")).as("Ben may have heard it ring").isEqualTo(1);
        clock.pass(48 * 3600);
        assertThat(makes()).isNull();
        assertThat(store.live()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorCategory.class,
            names = {"UNAVAILABLE", "RATE_LIMITED", "NOT_FOUND", "UNPROCESSABLE"})
    void aMomentThatIsNotRightDoesNotCountAndNobodyElseIsCalledMeanwhile(ErrorCategory category) throws Exception {
        String id = campaign(ADA, BEN);

        campaigns.refused(made(), fault(category, "not now"));

        assertThat(makes()).as("Ben would fare no better").isNull();
        assertThat(counts(id).get("waiting")).isEqualTo(2);
        clock.pass(60);
        assertThat(List.of(made(), made())).extracting(CampaignCall::attempts).containsOnly(1);
    }

    @Test
    void aProviderThatCannotBeReachedOrRefusesOurAccountHasCalledNobody() throws Exception {
        String id = campaign(ADA, BEN);

        campaigns.refused(
                made(),
                new PatchbayException(
                        ErrorCategory.PROVIDER_FAILED,
                        "twilio",
                        "twilio could not be reached or broke off",
                        new ConnectException("refused")));
        clock.pass(60);
        campaigns.refused(made(), fault(ErrorCategory.PROVIDER_FAILED, "twilio answered 401: 20003 Authenticate"));

        assertThat(counts(id).get("waiting")).isEqualTo(2);
        assertThat(store.live()).isZero();
    }

    @Test
    void aRestartGoesOnWhereItWasAndCallsNobodyTwice() throws Exception {
        String id = campaign(ADA, BEN, CLEO);
        CampaignCall ada = made();
        calls.open(call(ada, CallStatus.IN_PROGRESS));
        // Ben is claimed, and the process dies before it has said so to anybody.
        CampaignCall ben = Objects.requireNonNull(campaigns.next(rules));
        store.change(ben, ben.attempted(Ids.next(), clock.instant().plusSeconds(600)));

        campaigns = made(store);
        rules.setAtOnce(5);
        CampaignCall cleo = made();
        assertThat(cleo.phone()).isEqualTo(CLEO);
        calls.open(call(cleo, CallStatus.IN_PROGRESS));
        assertThat(makes()).isNull();
        clock.pass(2 * 60);
        assertThat(makes()).isNull();
        clock.pass(15 * 60);
        assertThat(makes()).isNull();
        assertThat(counts(id).get("failed")).as("Ben may have been called").isEqualTo(1);
        ends(ada, CallStatus.COMPLETED);
        assertThat(counts(id).get("reached")).isEqualTo(1);
        clock.pass(48 * 3600);
        assertThat(makes()).isNull();
    }

    @Test
    void twoGatewaysNeverMakeTheSameCall() throws Exception {
        campaign(ADA);
        CampaignCall due = Objects.requireNonNull(campaigns.next(rules));

        assertThat(campaigns.calling(due, Ids.next())).isNotNull();
        assertThat(made(store).calling(due, Ids.next())).isNull();
        assertThat(store.live()).isEqualTo(1);
    }

    @Test
    void whatIsLeftOfAnEarlierAttemptDoesNotEndTheNextOne() throws Exception {
        String id = campaign(ADA);
        ends(made(), CallStatus.BUSY);
        clock.pass(30 * 60); // the look that was planned for the first attempt is due, too
        CampaignCall second = made();

        assertThat(makes()).isNull();
        assertThat(counts(id).get("calling")).isEqualTo(1);
        ends(second, CallStatus.COMPLETED);
        assertThat(counts(id).get("reached")).isEqualTo(1);
    }

    @Test
    void aLongCallIsLeftAlone() throws Exception {
        String id = campaign(ADA);
        CampaignCall ada = made();
        calls.open(call(ada, CallStatus.IN_PROGRESS));

        clock.pass(50 * 60);
        assertThat(makes()).isNull();
        assertThat(counts(id).get("calling")).isEqualTo(1);
        ends(ada, CallStatus.COMPLETED);
        assertThat(counts(id).get("reached")).isEqualTo(1);
    }

    @Test
    void aCampaignThatIsStoppedCallsNobodyElse() throws Exception {
        String id = campaign(ADA, BEN);
        CampaignCall ada = made();

        campaigns.stop(id);

        assertThat(makes()).isNull();
        ends(ada, CallStatus.COMPLETED);
        assertThat(campaigns.get(id)).containsEntry("status", "stopped");
        assertThat(counts(id).toString())
                .isEqualTo("{waiting=0, calling=0, reached=1, failed=0, refused=0, stopped=1}");
        assertThatThrownBy(() -> campaigns.stop("nobody")).hasMessage("No campaign nobody");
    }

    @Test
    void theEndOfAnotherCallIsNobodysBusiness() throws Exception {
        String id = campaign(ADA);
        List<CampaignCall> made = new ArrayList<>(List.of(made()));

        campaigns.ended(call(made.get(0).attempted(Ids.next(), clock.instant()), CallStatus.COMPLETED), rules);

        assertThat(counts(id).get("calling")).isEqualTo(1);
    }

    private Campaigns made(CampaignStore kept) {
        return new Campaigns(
                kept,
                doNotCall,
                calls,
                new AgentDirectory(id -> Optional.empty(), number -> Optional.empty(), List.of()),
                clock);
    }

    private String campaign(String... numbers) throws Exception {
        String csv = "phone\n" + String.join("\n", numbers) + "\n";
        return CampaignFiles.begin(store, csv.getBytes(UTF_8), "parrot", clock);
    }

    /** The next call is made. */
    private @Nullable CampaignCall makes() {
        CampaignCall due = campaigns.next(rules);
        return due == null ? null : campaigns.calling(due, Ids.next());
    }

    private CampaignCall made() {
        return Objects.requireNonNull(makes(), "a call is due");
    }

    private void ends(CampaignCall made, CallStatus status) {
        campaigns.ended(call(made, status), rules);
    }

    private Call call(CampaignCall made, CallStatus status) {
        return new Call(
                String.valueOf(made.callId()),
                "CA" + made.callId(),
                null,
                null,
                Direction.OUTBOUND,
                "+15550000000",
                made.phone(),
                "parrot",
                status,
                clock.instant(),
                null,
                null,
                null,
                null,
                null,
                MediaFigures.NONE);
    }

    private Map<?, ?> counts(String id) {
        return (Map<?, ?>) Objects.requireNonNull(campaigns.get(id).get("calls"));
    }

    private static PatchbayException fault(ErrorCategory category, String message) {
        return new PatchbayException(category, "twilio", message);
    }
}
