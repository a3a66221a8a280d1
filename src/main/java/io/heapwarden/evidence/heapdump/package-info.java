/** A heap dump on its way from a pod to a store: whether it may be taken, what is left out of it, and how it travels. */
@NullMarked
package io.heapwarden.evidence.heapdump;

import org.jspecify.annotations.NullMarked;
