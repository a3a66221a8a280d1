/**
 * What holds the objects that leak: chains of references from a sampled object to the root that keeps it, as the JVM's own flight recorder
 * finds them; when that may be asked, how it is asked, and what the chains say. docs/reference-chains.md is the page for users.
 */
@NullMarked
package io.heapwarden.evidence.chain;

import org.jspecify.annotations.NullMarked;
