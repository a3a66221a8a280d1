package io.heapwarden.response;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.heapwarden.response.ApiAnswer.Right;
import io.heapwarden.response.ApiRequests.Answered;
import io.heapwarden.response.ApiRequests.Reply;
import io.heapwarden.response.ApiRequests.Silent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * One request that changes a pod or its workload, sent twice: as a dry run first, so that admission, quotas, budgets and rights are asked before an
 * intent is written down, then in earnest. The dry run also shows the API server's clock: cooldowns and windows mean nothing by a clock that is wrong.
 */
final class RehearsedRequest {

    /** How long each of the two requests may take. */
    static final Duration TIME_OUT = Duration.ofSeconds(10);

    /** How far the operator's clock may be from the API server's. */
    static final Duration MOST_SKEW = Duration.ofMinutes(2);

    private final ApiRequests requests;
    private final Clock clock;
    private final Right right;
    private final ActionOutcome done;

    /**
     * @param right the right that the request takes
     * @param done what it is when the API server accepted
     */
    RehearsedRequest(KubernetesClient client, Clock clock, Duration timeOut, Right right, ActionOutcome done) {
        this.requests = new ApiRequests(client, timeOut);
        this.clock = clock;
        this.right = right;
        this.done = done;
    }

    /** Sends the request, as a dry run or in earnest. */
    @FunctionalInterface
    interface Sender {
        Reply send(ApiRequests requests, boolean rehearsal);
    }

    /** Asks whether it could be done now, and changes nothing. */
    AttemptOutcome rehearse(String namespace, Sender sender) {
        return switch (sender.send(requests, true)) {
            case Silent silent -> new AttemptOutcome.Failed(silent.message());
            case Answered answered ->
                switch (ApiAnswer.read(answered, done, right, namespace)) {
                    case AttemptOutcome.Unanswered(String message) -> new AttemptOutcome.Failed(message);
                    case AttemptOutcome.Done allowed -> atTheSameTime(answered, allowed);
                    case AttemptOutcome refused -> refused;
                };
        };
    }

    /** Does it after a rehearsal; see {@link RestartStrategy#restart}. */
    AttemptOutcome act(String namespace, Sender sender, Runnable beforeActing) {
        AttemptOutcome rehearsed = rehearse(namespace, sender);
        if (!(rehearsed instanceof AttemptOutcome.Done)) {
            return rehearsed;
        }
        beforeActing.run();
        return switch (sender.send(requests, false)) {
            case Silent(String message, boolean sent) ->
                sent ? new AttemptOutcome.Unanswered(message) : new AttemptOutcome.Failed(message);
            case Answered answered -> ApiAnswer.read(answered, done, right, namespace);
        };
    }

    private AttemptOutcome atTheSameTime(Answered answered, AttemptOutcome.Done allowed) {
        Instant server = answered.serverTime();
        Duration apart = server == null ? Duration.ZERO : Duration.between(server, clock.instant());
        return apart.abs().compareTo(MOST_SKEW) <= 0
                ? allowed
                : new AttemptOutcome.Failed(
                        "The operator's clock is %d s %s the API server's, and at most %d s are accepted: by a wrong clock neither cooldown nor window means"
                                        .formatted(
                                                apart.abs().toSeconds(),
                                                apart.isNegative() ? "behind" : "ahead of",
                                                MOST_SKEW.toSeconds())
                                + " anything. Set the clocks of the nodes by NTP");
    }
}
