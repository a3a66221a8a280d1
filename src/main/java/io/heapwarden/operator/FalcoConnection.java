package io.heapwarden.operator;

/** Whether this installation hears of Falco at all. */
@FunctionalInterface
interface FalcoConnection {

    /** Whether a way for events to come in was set up. */
    boolean listens();
}
