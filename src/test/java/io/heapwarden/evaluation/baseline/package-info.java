/** Plain rules that people alarm on, each with the settings that are tried. */
@NullMarked
package io.heapwarden.evaluation.baseline;

import org.jspecify.annotations.NullMarked;
