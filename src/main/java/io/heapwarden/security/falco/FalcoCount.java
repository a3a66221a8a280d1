package io.heapwarden.security.falco;

/** What is counted on an event's way, besides rejections by reason and overflow by severity. */
public enum FalcoCount {
    /** Events that came by HTTP and could be read. */
    ByHttp,
    /** Events that came by gRPC and could be read. */
    ByGrpc,
    /** Handed to the handler. */
    Handled,
    /** The handler failed; its event is lost. */
    HandlerFailed,
    /** The same event came before. */
    Replayed,
    /** Came when the queue was closed. */
    Late,
    /** Requests whose token is missing or wrong. */
    Unauthorized,
    /** Requests to another path, or by another method. */
    Misdirected,
    /** Connections refused as there were as many as may be. */
    ConnectionsRefused,
    /** Connections ended as no request was complete in time. */
    ConnectionsTimedOut,
    /** New certificates that are in use. */
    CertificatesReloaded,
    /** New certificates that cannot be used; the old ones stay. */
    CertificatesRefused,
    /** Connections to Falco that were made. */
    Connected,
    /** Connections to Falco that ended or could not be made. */
    Disconnected,
    /** The operator's own probes, seen by Falco. */
    Echoes,
    /** Events of no pod: of the node itself, or without a name and a container. */
    NoPod,
    /** Events whose pod was known only after a while. */
    LatePods,
    /** Events of pods that are not known here. */
    UnknownPods,
    /** Events whose pod and container do not belong together. */
    Contradictory
}
