package io.heapwarden.security.falco;

import java.time.Instant;

/** What is done with events. Called by one thread only, one call after the other. */
@FunctionalInterface
public interface FalcoEventHandler {

    /**
     * Takes one event. While it runs, others wait; a queue that is full meanwhile drops the least severe. What it throws is logged, and its event is
     * lost.
     */
    void handle(FalcoEvent event);

    /** Called between events, at least every {@link FalcoQueue#TURN} while nothing comes, by the same thread. */
    default void turn(Instant now) {}
}
