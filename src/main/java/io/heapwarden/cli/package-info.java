/** The command line. */
@NullMarked
package io.heapwarden.cli;

import org.jspecify.annotations.NullMarked;
