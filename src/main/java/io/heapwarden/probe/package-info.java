/** How a JVM in a container is asked: the channels, the probe scripts, their limits, and the reasons for which a container is left alone. */
@NullMarked
package io.heapwarden.probe;

import org.jspecify.annotations.NullMarked;
