/** Evidence that is collected before a restart: ordered, taken, and put where the installation keeps it. */
@NullMarked
package io.heapwarden.operator.evidence;

import org.jspecify.annotations.NullMarked;
