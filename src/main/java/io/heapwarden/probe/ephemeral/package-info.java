/** Reaches a JVM through a debug container beside it, for images that have nothing to run a probe with. */
@NullMarked
package io.heapwarden.probe.ephemeral;

import org.jspecify.annotations.NullMarked;
