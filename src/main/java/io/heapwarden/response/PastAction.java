package io.heapwarden.response;

import java.time.Instant;

/**
 * One thing that was done, or tried, before. An act is written down as {@link ActionOutcome#Intended} before it is
 * done and gets its outcome afterwards, so that an operator that dies in between leaves a trace.
 *
 * @param at when it was intended
 * @param workload name of the workload, as in {@link WorkloadView#name()}
 * @param podUid uid of the pod
 * @param outcome what came of it
 * @param again whether the pod had itself replaced a restarted one, and leaked again before that had brought relief
 */
public record PastAction(Instant at, String workload, String podUid, ActionOutcome outcome, boolean again) {}
