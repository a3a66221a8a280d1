package io.heapwarden.operator;

import io.heapwarden.growth.WorkloadKnowledge;
import org.jspecify.annotations.Nullable;

/**
 * What other lives of the workload say of a container.
 *
 * @param revision the revision it was made from
 * @param knowledge what they teach
 * @param firstSeenIn the revision in which its leak was first seen; null while none is confirmed
 */
record Fleet(String revision, WorkloadKnowledge knowledge, @Nullable String firstSeenIn) {}
