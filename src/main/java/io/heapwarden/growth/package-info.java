/** Tells growth that returns from growth that does not: series, floors, the leak test, the classes that explain it and the time that is left. Pure; time is always a parameter. */
@NullMarked
package io.heapwarden.growth;

import org.jspecify.annotations.NullMarked;
