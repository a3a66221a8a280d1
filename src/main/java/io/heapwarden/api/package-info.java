/** The custom resources a user writes and reads. The CRDs and their reference page are generated from these types; every default and bound is stated here and nowhere else. */
@NullMarked
package io.heapwarden.api;

import org.jspecify.annotations.NullMarked;
