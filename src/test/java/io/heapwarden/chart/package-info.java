/** The Helm chart and the manifests rendered from it, checked by the real helm; skipped where there is none. */
@NullMarked
package io.heapwarden.chart;

import org.jspecify.annotations.NullMarked;
