package io.heapwarden.response.notify;

/** Sends one letter to one receiver, once. */
interface Transmitter extends AutoCloseable {

    /** Sends it, within the time limit of a request. Never throws for what the other side did. */
    SendResult send(Letter letter);

    @Override
    void close();
}
