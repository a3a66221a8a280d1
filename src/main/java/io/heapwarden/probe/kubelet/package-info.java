/** The memory of every container of a node, in one request to its kubelet: RSS, working set and pressure, without the API server. */
@NullMarked
package io.heapwarden.probe.kubelet;

import org.jspecify.annotations.NullMarked;
