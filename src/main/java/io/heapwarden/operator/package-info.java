/** The Kubernetes side: reconcilers, the pod watch, the sampling schedule, status. */
@NullMarked
package io.heapwarden.operator;

import org.jspecify.annotations.NullMarked;
