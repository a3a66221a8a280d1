/** Growth objectives: compliance, error budget and burn rate. Pure; time is always a parameter. */
@NullMarked
package io.heapwarden.objective;

import org.jspecify.annotations.NullMarked;
