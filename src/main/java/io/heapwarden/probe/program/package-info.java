/** Reaches a JVM through heapwarden-probe, a small program that runs beside it; docs/probe-program.md. */
@NullMarked
package io.heapwarden.probe.program;

import org.jspecify.annotations.NullMarked;
