package io.heapwarden.telemetry;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;

/**
 * The namespaced object that an Event is about.
 *
 * @param apiVersion its group and version
 * @param kind its kind
 * @param namespace its namespace, in which the Event is written
 * @param name its name
 * @param uid its uid
 */
public record EventSubject(String apiVersion, String kind, String namespace, String name, String uid) {

    /** The subject that an object read from the API server is. */
    public static EventSubject of(HasMetadata object) {
        ObjectMeta metadata = object.getMetadata();
        return new EventSubject(
                object.getApiVersion(),
                object.getKind(),
                metadata.getNamespace(),
                metadata.getName(),
                metadata.getUid());
    }

    public static EventSubject pod(String namespace, String name, String uid) {
        return new EventSubject("v1", "Pod", namespace, name, uid);
    }
}
