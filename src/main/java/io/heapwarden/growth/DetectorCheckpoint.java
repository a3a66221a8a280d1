package io.heapwarden.growth;

import java.time.Instant;

/**
 * The state of a detector, small enough to be kept with a report.
 *
 * @param at time of the last sample taken in
 */
public record DetectorCheckpoint(Instant at) {}
