package io.heapwarden.probe;

import java.util.List;

/**
 * Which way a reading came, and why not a better one.
 *
 * @param kind the channel
 * @param passedOver channels that come before it in the policy's order, in that order
 */
public record Route(ChannelKind kind, List<PassedOver> passedOver) {

    public Route {
        passedOver = List.copyOf(passedOver);
    }

    /** A way without a choice. */
    public static Route of(ChannelKind kind) {
        return new Route(kind, List.of());
    }

    /**
     * A channel that was not to be had.
     *
     * @param kind which
     * @param reason short, as in {@link ProbeResult.RefusalReason} and {@link ProbeResult.FailureReason}
     * @param detail in words, with the remedy where there is one
     */
    public record PassedOver(ChannelKind kind, String reason, String detail) {}
}
