package io.heapwarden.evidence.collect;

import java.time.Duration;

/**
 * A heap dump that is wanted.
 *
 * @param directory where the JVM may write it, as the container sees it
 * @param live whether a full collection comes first, so that only reachable objects are in it
 * @param maxPause the longest that it may stop the application
 * @param bounds what the pod's spec says
 */
public record HeapDumpOrder(String directory, boolean live, Duration maxPause, PodBounds bounds) {}
