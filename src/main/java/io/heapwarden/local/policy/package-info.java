/** Reads a policy from a file and refuses what an API server would, with field and line. */
@NullMarked
package io.heapwarden.local.policy;

import org.jspecify.annotations.NullMarked;
