/** How well leaks are told: the engine, and plain rules beside it, over recorded traces whose truth is known. */
@NullMarked
package io.heapwarden.evaluation;

import org.jspecify.annotations.NullMarked;
