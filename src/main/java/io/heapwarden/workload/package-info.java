/** What a life leaves behind and what a workload remembers of its lives. Pure; time is always a parameter. */
@NullMarked
package io.heapwarden.workload;

import org.jspecify.annotations.NullMarked;
