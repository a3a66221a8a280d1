/** Spans by OpenTelemetry's protocol. The only package that knows the SDK, of which no class is loaded where nothing is exported. */
@NullMarked
package io.heapwarden.telemetry.otlp;

import org.jspecify.annotations.NullMarked;
