package io.heapwarden.security.falco;

/** What became of something that came in: an event, or the reason why it is none. */
public sealed interface Reading {

    /** An event that can be used. */
    record Read(FalcoEvent event) implements Reading {}

    /**
     * No event.
     *
     * @param reason of which kind
     * @param detail what is wrong, in words that name no content
     */
    record Rejected(FalcoRejection reason, String detail) implements Reading {}
}
