/** Events of Falco: how they come in, and whose they are. */
@NullMarked
package io.heapwarden.security.falco;

import org.jspecify.annotations.NullMarked;
