/** What the operator says about its own work: Kubernetes Events and metrics. */
@NullMarked
package io.heapwarden.telemetry;

import org.jspecify.annotations.NullMarked;
