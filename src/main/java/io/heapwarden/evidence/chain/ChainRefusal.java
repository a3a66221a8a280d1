package io.heapwarden.evidence.chain;

/** Why a JVM is not asked for chains. The constants are spelled as they appear in reports. */
public enum ChainRefusal {
    /** The search is broken or harmful with the JVM's collector. */
    CollectorNotSupported,
    /** The JVM is too old to record one event only, or its version is not known. */
    VersionNotSupported,
    /** The JVM has no flight recorder, or was started with it switched off. */
    NoFlightRecorder,
    /** The JVM's own thread has a stack on which the search can overflow. */
    StackTooSmall,
    /** Even the shortest search may stop the application longer than is allowed. */
    PauseTooLong,
    /** Too little memory is free under the container's limit. */
    NotEnoughHeadroom,
    /** Somebody else records in this JVM. */
    OtherRecording
}
