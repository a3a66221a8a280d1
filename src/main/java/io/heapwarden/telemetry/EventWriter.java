package io.heapwarden.telemetry;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Writes one Event: a new one, or the count and the last time of the one that is there. Does not retry for long. */
final class EventWriter {

    static final String COMPONENT = "heapwarden";

    /** The API server refuses a longer message. */
    private static final int LONGEST_MESSAGE = 1024;

    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;

    private final KubernetesClient client;
    private final String instance;

    /**
     * @param instance name of this operator's pod
     * @param timeOut for each call
     */
    EventWriter(KubernetesClient client, String instance, Duration timeOut) {
        this.client = client.newClient(
                        new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                                .withRequestTimeout((int) timeOut.toMillis())
                                .withRequestRetryBackoffLimit(1)
                                .build())
                .adapt(KubernetesClient.class);
        this.instance = instance;
    }

    /**
     * Says it.
     *
     * @throws KubernetesClientException if the API server did not take it
     */
    EventResult write(EventNotice notice) {
        if (create(notice)) {
            return EventResult.Created;
        }
        if (repeat(notice)) {
            return EventResult.Repeated;
        }
        // It was there and expired between the two calls.
        if (create(notice)) {
            return EventResult.Created;
        }
        throw new KubernetesClientException("the Event " + notice.name() + " comes and goes");
    }

    private boolean create(EventNotice notice) {
        try {
            resource(event(notice)).create();
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == CONFLICT) {
                return false;
            }
            throw e;
        }
    }

    /** In two patches: the answer to the first says the count, so that no right to read Events is needed. */
    private boolean repeat(EventNotice notice) {
        try {
            Event there = patch(
                    notice,
                    new EventBuilder()
                            .withLastTimestamp(timestamp(notice))
                            .withMessage(shortened(notice.message()))
                            .build());
            int count = there.getCount() == null ? 1 : there.getCount();
            patch(notice, new EventBuilder().withCount(count + 1).build());
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    private Event patch(EventNotice notice, Event change) {
        return resource(event(notice))
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        client.getKubernetesSerialization().asJson(change));
    }

    private Resource<Event> resource(Event event) {
        return client.v1()
                .events()
                .inNamespace(event.getMetadata().getNamespace())
                .resource(event);
    }

    private Event event(EventNotice notice) {
        EventSubject subject = notice.subject();
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(subject.namespace())
                .withName(notice.name())
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion(subject.apiVersion())
                .withKind(subject.kind())
                .withNamespace(subject.namespace())
                .withName(subject.name())
                .withUid(subject.uid())
                .endInvolvedObject()
                .withType(notice.reason().type().name())
                .withReason(notice.reason().name())
                .withMessage(shortened(notice.message()))
                .withFirstTimestamp(timestamp(notice))
                .withLastTimestamp(timestamp(notice))
                .withCount(1)
                // `kubectl describe` shows the old field, the new one is what Events are selected by.
                .withNewSource()
                .withComponent(COMPONENT)
                .endSource()
                .withReportingComponent(COMPONENT)
                .withReportingInstance(instance)
                .build();
    }

    /** Whether nothing can be written there any more, which is nobody's fault. */
    static boolean namespaceIsGoing(KubernetesClientException e) {
        if (e.getCode() == NOT_FOUND) {
            return true;
        }
        @Nullable String message = e.getMessage();
        return e.getCode() == 403 && message != null && message.contains("being terminated");
    }

    private static String timestamp(EventNotice notice) {
        return notice.at().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String shortened(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE - 1) + "…";
    }
}
