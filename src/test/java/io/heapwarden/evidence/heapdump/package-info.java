@NullMarked
package io.heapwarden.evidence.heapdump;

import org.jspecify.annotations.NullMarked;
