/**
 * A JVM seen through the metrics page it publishes anyway: where that page is, what it says, and what it lacks.
 *
 * <p>The pages are parsed here: the libraries of the Prometheus project for Java write the formats and do not read them, and no other on Maven
 * Central is both kept up and fit for input that is not trusted.
 */
@NullMarked
package io.heapwarden.probe.metrics;

import org.jspecify.annotations.NullMarked;
