/** Collects evidence that has to be made in a pod first: chains of references, and heap dumps. */
@NullMarked
package io.heapwarden.evidence.collect;

import org.jspecify.annotations.NullMarked;
