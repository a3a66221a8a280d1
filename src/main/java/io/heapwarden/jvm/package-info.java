/** What a HotSpot JVM says about itself: hsperfdata, class histograms, heap summaries, and what "after GC" means for each collector. Pure: bytes in, values out. */
@NullMarked
package io.heapwarden.jvm;

import org.jspecify.annotations.NullMarked;
