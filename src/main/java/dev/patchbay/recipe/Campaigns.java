package dev.patchbay.recipe;

import dev.patchbay.agent.AgentDirectory;
import dev.patchbay.call.Call;
import dev.patchbay.call.CallStatus;
import dev.patchbay.call.PhoneNumber;
import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.http.BodyStream;
import dev.patchbay.http.JsonFields;
import dev.patchbay.store.CallStore;
import dev.patchbay.store.CampaignImport;
import dev.patchbay.store.CampaignStore;
import dev.patchbay.store.CampaignStore.Campaign;
import dev.patchbay.store.CampaignStore.CampaignCall;
import dev.patchbay.store.CampaignStore.DueCall;
import dev.patchbay.store.CampaignStore.State;
import dev.patchbay.store.DoNotCallStore;
import java.net.ConnectException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Outbound campaigns: who is called next, and what becomes of it. A bean of {@code routes/recipe/campaign}. Everything is in
 * the store: a restart goes on where it was, and several gateways share one campaign.
 *
 * <p>Nobody is called twice for one attempt. A call is claimed before it is made, by compare-and-set; one of which nobody
 * can say whether it was made (the process died, the provider did not answer) is looked up in the call log, and given up
 * when the log does not know it. All methods block: for worker threads only.
 */
public final class Campaigns {

    /** Who takes a call that is due makes it within this time, or somebody else does. */
    private static final Duration MAKING = Duration.ofMinutes(2);
    /** A call whose end was not told by then is looked up in the call log, and again after as long. */
    private static final Duration UNTOLD = Duration.ofMinutes(10);
    /** Such a call that the log does not know, or says that it still goes on, was no call. */
    private static final Duration LOST = Duration.ofHours(2);
    /** The provider asks to wait, or is not there: then nobody is called for so long. */
    private static final Duration AGAIN = Duration.ofMinutes(1);
    /** A file that was not read to its end by then is read no longer. */
    private static final Duration READING = Duration.ofHours(1);

    /** Calls that are looked at before the next tick of the clock. */
    private static final int MOST_LOOKS = 200;

    /** Twilio's code of a recipient who has opted out. */
    private static final String OPTED_OUT = "21610";

    /** What a provider has refused it has not done. */
    private static final Pattern REFUSAL = Pattern.compile("answered 4\\d\\d");

    private static final Logger LOG = LoggerFactory.getLogger(Campaigns.class);

    private final CampaignStore campaigns;
    private final DoNotCallStore doNotCall;
    private final CallStore calls;
    private final AgentDirectory agents;
    private final Clock clock;
    private volatile Instant restsUntil = Instant.MIN;

    public Campaigns(
            CampaignStore campaigns, DoNotCallStore doNotCall, CallStore calls, AgentDirectory agents, Clock clock) {
        this.campaigns = campaigns;
        this.doNotCall = doNotCall;
        this.calls = calls;
        this.agents = agents;
        this.clock = clock;
    }

    /**
     * Takes a file of numbers; its calls begin at once, when nothing speaks against it.
     *
     * @param agent who talks, by id or name
     * @return as {@link CampaignImport#read}
     * @throws PatchbayException invalid request naming the field
     */
    public Map<String, @Nullable Object> begin(BodyStream body, @Nullable String agent) {
        if (agent == null || agent.isBlank()) {
            throw JsonFields.invalid("agent", "is missing");
        }
        String agentId = agents.find(agent)
                .orElseThrow(() -> JsonFields.invalid("agent", "is not known"))
                .id();
        return new CampaignImport(campaigns, clock).read(body, agentId);
    }

    /**
     * The next call to make, if there may be one more now.
     *
     * @return null when there is none
     */
    public @Nullable CampaignCall next(CampaignRules rules) {
        Instant now = clock.instant();
        for (int look = 0; look < MOST_LOOKS; look++) {
            Optional<DueCall> taken = campaigns.takeUntold(now, UNTOLD);
            if (taken.isEmpty()) {
                break;
            }
            untold(taken.get(), rules, now);
        }
        for (int look = 0;
                look < MOST_LOOKS && !now.isBefore(restsUntil) && campaigns.live() < rules.atOnce();
                look++) {
            Optional<DueCall> taken = campaigns.take(now, MAKING);
            if (taken.isEmpty()) {
                break;
            }
            CampaignCall due = look(taken.get(), rules, now);
            if (due != null) {
                return due;
            }
        }
        return null;
    }

    /** What the agent that talks is called. @throws PatchbayException not found */
    public String agentOf(CampaignCall call) {
        return required(call.campaignId()).agentId();
    }

    /**
     * The call is about to be made.
     *
     * @param callId our id of it
     * @return the call as it is now; null when somebody else makes it
     */
    public @Nullable CampaignCall calling(CampaignCall call, String callId) {
        Instant lookAt = clock.instant().plus(UNTOLD);
        CampaignCall calling = call.attempted(callId, lookAt);
        if (!campaigns.change(call, calling)) {
            return null;
        }
        campaigns.going(calling, lookAt);
        return calling;
    }

    /** The call could not be made. What speaks against the number ends it; what speaks against the moment does not. */
    public void refused(CampaignCall call, Throwable failure) {
        PatchbayException fault = fault(failure);
        String words = fault == null ? "" : String.valueOf(fault.getMessage());
        ErrorCategory category = fault == null ? ErrorCategory.INTERNAL : fault.category();
        boolean refused = REFUSAL.matcher(words).find();
        if (refused && category == ErrorCategory.INVALID_REQUEST) {
            boolean optedOut = words.contains(OPTED_OUT);
            if (optedOut) {
                doNotCall.add(call.phone(), clock.instant());
            }
            end(call, optedOut ? call.ended(State.REFUSED, "opted-out") : call.ended(State.FAILED, "refused"));
            return;
        }
        Instant at = clock.instant().plus(AGAIN);
        restsUntil = at;
        if (call.state() == State.WAITING) {
            return; // nobody has claimed it, and it comes again
        }
        if (refused || isSurelyNotMade(category, failure)) {
            later(call, call.postponed(at), at);
        } else {
            // It may have been made all the same: its events, or the call log, will tell.
            LOG.warn("Campaign {}: nobody knows whether a call was made: {}", call.campaignId(), category);
        }
    }

    private static boolean isSurelyNotMade(ErrorCategory category, Throwable failure) {
        return switch (category) {
            case INTERNAL -> false;
            case PROVIDER_FAILED, TIMED_OUT -> {
                Throwable cause = failure;
                while (cause.getCause() != null && !(cause instanceof ConnectException)) {
                    cause = cause.getCause();
                }
                yield cause instanceof ConnectException;
            }
            default -> true;
        };
    }

    /** A call is over; when it was one of a campaign, the campaign goes on with what became of it. */
    public void ended(Call call, CampaignRules rules) {
        campaigns
                .findByCall(call.id())
                .filter(known -> known.state() == State.CALLING)
                .ifPresent(known -> ended(known, call.status(), rules));
    }

    /**
     * {@code {id, agent_id, status, created_at, calls: {waiting, calling, reached, failed, refused, stopped}}}.
     *
     * @throws PatchbayException not found
     */
    public Map<String, @Nullable Object> get(String id) {
        Campaign campaign = required(id);
        Map<State, Integer> counts = campaigns.count(id);
        if (campaign.stopped() && counts.containsKey(State.WAITING)) {
            counts.merge(State.STOPPED, counts.remove(State.WAITING), Integer::sum);
        }
        boolean going = counts.containsKey(State.WAITING) || counts.containsKey(State.CALLING);
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", campaign.id());
        json.put("agent_id", campaign.agentId());
        json.put(
                "status",
                campaign.stopped() ? "stopped" : !campaign.begun() ? "reading" : going ? "running" : "finished");
        json.put("created_at", campaign.createdAt().toString());
        Map<String, Integer> shown = new LinkedHashMap<>();
        for (State state : State.values()) {
            shown.put(state.name().toLowerCase(Locale.ROOT), counts.getOrDefault(state, 0));
        }
        json.put("calls", shown);
        return json;
    }

    /** Makes no further call of a campaign; those that go on are not hung up. @throws PatchbayException not found */
    public void stop(String id) {
        required(id);
        campaigns.stop(id);
    }

    /** Whether this call of ours is one of a campaign, and goes on. */
    public boolean isOurs(String callId) {
        return campaigns.findByCall(callId).isPresent();
    }

    /** No campaign calls this number any more. @throws PatchbayException invalid request naming the field */
    public Map<String, Object> doNotCall(@Nullable String phone) {
        String number = number(phone);
        doNotCall.add(number, clock.instant());
        return listed(number, true);
    }

    /** Campaigns may call this number again. @throws PatchbayException invalid request naming the field */
    public Map<String, Object> mayCall(@Nullable String phone) {
        String number = number(phone);
        doNotCall.remove(number);
        return listed(number, false);
    }

    private static Map<String, Object> listed(String phone, boolean listed) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("phone", phone);
        json.put("do_not_call", listed);
        return json;
    }

    /** A call that is due, if it may be made now; else what becomes of it instead. */
    private @Nullable CampaignCall look(DueCall due, CampaignRules rules, Instant now) {
        CampaignCall call = due.call();
        if (call.state() != State.WAITING
                || (call.notBefore() != null && call.notBefore().isAfter(now))) {
            if (call.state() == State.CALLING) {
                campaigns.going(call, now.plus(UNTOLD)); // whoever claimed it may have died before saying so
            }
            campaigns.settle(due); // what is left of an earlier attempt; there is another entry for the next one
            return null;
        }
        Optional<Campaign> campaign = campaigns.find(call.campaignId());
        if (campaign.isEmpty() || campaign.get().stopped()) {
            settle(due, call.ended(State.STOPPED, "stopped"));
            return null;
        }
        if (!campaign.get().begun()) {
            if (campaign.get().createdAt().plus(READING).isBefore(now)) {
                settle(due, call.ended(State.STOPPED, "broken-off"));
            }
            return null; // its turn comes with the next look, when the file has been read
        }
        if (doNotCall.has(call.phone())) {
            settle(due, call.ended(State.REFUSED, "do-not-call"));
            return null;
        }
        Optional<Instant> time = rules.nextTime(call.phone(), call.zone(), now);
        if (time.isEmpty()) {
            settle(due, call.ended(State.FAILED, "no-hours"));
            return null;
        }
        if (time.get().isAfter(now)) {
            campaigns.defer(call, time.get());
            campaigns.settle(due);
            return null;
        }
        return call;
    }

    /** Looks what became of a call whose end nobody has told. */
    private void untold(DueCall due, CampaignRules rules, Instant now) {
        CampaignCall call = due.call();
        if (call.state() != State.CALLING
                || (call.notBefore() != null && call.notBefore().isAfter(now))) {
            campaigns.told(due); // somebody has; or it is another attempt now, which has an entry of its own
            return;
        }
        Optional<Call> log = Optional.ofNullable(call.callId()).flatMap(calls::find);
        if (log.map(known -> known.status().isTerminal()).orElse(false)) {
            campaigns.told(due);
            ended(call, log.get().status(), rules);
        } else if (log.isEmpty() || log.get().startedAt().plus(LOST).isBefore(now)) {
            campaigns.told(due);
            end(call, call.ended(State.FAILED, "unknown")); // not again: it may have rung
        }
        // Else it goes on, and is looked at again.
    }

    private void ended(CampaignCall call, CallStatus status, CampaignRules rules) {
        if (status == CallStatus.COMPLETED) {
            end(call, call.ended(State.REACHED, status.wire()));
        } else {
            again(call, rules, status.wire());
        }
    }

    private void again(CampaignCall call, CampaignRules rules, String how) {
        if (call.attempts() >= rules.attempts()) {
            end(call, call.ended(State.FAILED, how));
            return;
        }
        Instant at = clock.instant().plus(rules.pause());
        later(call, call.again(how, at), at);
    }

    /** Due first and then changed, so that a call that waits is always due. */
    private void later(CampaignCall before, CampaignCall after, Instant at) {
        campaigns.defer(before, at);
        end(before, after);
    }

    private void end(CampaignCall before, CampaignCall after) {
        campaigns.change(before, after);
        if (before.callId() != null) {
            campaigns.gone(before.callId());
        }
    }

    private void settle(DueCall due, CampaignCall after) {
        campaigns.change(due.call(), after);
        campaigns.settle(due);
    }

    private Campaign required(String id) {
        return campaigns
                .find(id)
                .orElseThrow(() -> new PatchbayException(ErrorCategory.NOT_FOUND, null, "No campaign " + id));
    }

    private static String number(@Nullable String given) {
        try {
            return PhoneNumber.parse(given == null ? "" : given);
        } catch (IllegalArgumentException e) {
            throw JsonFields.invalid("phone", "is not a phone number: a plus sign and 7 to 15 digits");
        }
    }

    private static @Nullable PatchbayException fault(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PatchbayException fault) {
                return fault;
            }
        }
        return null;
    }
}
