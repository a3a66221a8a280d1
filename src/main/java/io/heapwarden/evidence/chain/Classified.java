package io.heapwarden.evidence.chain;

/**
 * A kind, and the reason for it in words.
 *
 * @param <K> the kinds
 * @param because what in the chain decided, such as {@code the field is called listeners}
 */
public record Classified<K extends Enum<K>>(K kind, String because) {}
