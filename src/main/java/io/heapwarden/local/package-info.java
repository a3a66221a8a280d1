/** Follows the JVMs of this machine under a policy, without a cluster, and says how they stand. */
@NullMarked
package io.heapwarden.local;

import org.jspecify.annotations.NullMarked;
