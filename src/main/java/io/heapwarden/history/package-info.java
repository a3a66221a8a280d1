/** Checkpoints of a container's life, from which a restarted operator goes on. */
@NullMarked
package io.heapwarden.history;

import org.jspecify.annotations.NullMarked;
