/** Security observations of pods, and what becomes of them over time. Pure; time is always a parameter. */
@NullMarked
package io.heapwarden.security;

import org.jspecify.annotations.NullMarked;
