package io.heapwarden.response;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.heapwarden.response.ApiAnswer.Right;
import io.heapwarden.response.ApiRequests.Reply;
import java.time.Clock;
import java.time.Duration;

/** A restart by one request that is rehearsed. */
abstract class RehearsedRestart implements RestartStrategy {

    static final Duration TIME_OUT = RehearsedRequest.TIME_OUT;

    private final RehearsedRequest request;

    RehearsedRestart(KubernetesClient client, Clock clock, Duration timeOut, Right right, ActionOutcome done) {
        this.request = new RehearsedRequest(client, clock, timeOut, right, done);
    }

    /** Sends the request. */
    abstract Reply send(ApiRequests requests, RestartTarget target, boolean rehearsal);

    @Override
    public final AttemptOutcome rehearse(RestartTarget target) {
        return request.rehearse(target.pod().namespace(), (requests, rehearsal) -> send(requests, target, rehearsal));
    }

    @Override
    public final AttemptOutcome restart(RestartTarget target, Runnable beforeActing) {
        return request.act(
                target.pod().namespace(), (requests, rehearsal) -> send(requests, target, rehearsal), beforeActing);
    }
}
