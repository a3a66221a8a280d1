package io.heapwarden.operator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was last said of restarting a pod.
 *
 * @param at when
 * @param outcome short: an outcome as in {@link io.heapwarden.response.ActionOutcome}, or why the gate refused
 * @param sentence in words
 * @param nextAt when it is asked again at the soonest; null when it waits for something other than time
 */
record RestartWord(Instant at, String outcome, String sentence, @Nullable Instant nextAt) {}
