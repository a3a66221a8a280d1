/** What is reported of running pods, as rules in CEL by which an API server refuses such pods. */
@NullMarked
package io.heapwarden.security.admission;

import org.jspecify.annotations.NullMarked;
