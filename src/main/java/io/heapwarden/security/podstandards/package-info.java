/** Kubernetes' Pod Security Standards, held against pods that run. */
@NullMarked
package io.heapwarden.security.podstandards;

import org.jspecify.annotations.NullMarked;
