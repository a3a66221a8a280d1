/** Where evidence is kept: a mounted volume or object storage that speaks S3, with limits on time and size and one rule of what is kept how long. */
@NullMarked
package io.heapwarden.evidence.store;

import org.jspecify.annotations.NullMarked;
