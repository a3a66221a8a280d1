/** Images of pods: where they may come from, how they are named, and what scanners say of them. */
@NullMarked
package io.heapwarden.security.images;

import org.jspecify.annotations.NullMarked;
