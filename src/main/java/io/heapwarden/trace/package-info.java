/** Recorded lives as files: JSON Lines that are written sample by sample and read back as they were. */
@NullMarked
package io.heapwarden.trace;

import org.jspecify.annotations.NullMarked;
