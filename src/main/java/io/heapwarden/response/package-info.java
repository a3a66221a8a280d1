/** What is done about an assessment: the one gate every disruptive act passes, and the acts. */
@NullMarked
package io.heapwarden.response;

import org.jspecify.annotations.NullMarked;
