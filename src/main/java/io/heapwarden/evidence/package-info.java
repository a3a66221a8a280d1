/** What is kept of a leaking JVM after its pod is gone: the bundle, its parts, and what is masked in them. docs/evidence.md describes the format. */
@NullMarked
package io.heapwarden.evidence;

import org.jspecify.annotations.NullMarked;
