package io.heapwarden.response.notify;

/** Hears what becomes of notices, to count it. Called by many threads; must not block and must not throw. */
public interface DeliveryMetrics {

    /** Counts nothing. */
    DeliveryMetrics NONE = new DeliveryMetrics() {
        @Override
        public void delivered(String receiver) {}

        @Override
        public void attemptFailed(String receiver) {}

        @Override
        public void lost(String receiver, LossReason reason) {}
    };

    /** The receiver accepted a message. One message to an Alertmanager holds many alerts, and each of several Alertmanagers counts. */
    void delivered(String receiver);

    /** An attempt failed and is made again later. */
    void attemptFailed(String receiver);

    /** The receiver never gets this one. */
    void lost(String receiver, LossReason reason);
}
