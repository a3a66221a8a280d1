package io.heapwarden.response.notify;

/** Kinds of receiver. The constants are spelled as they appear in the configuration. */
public enum ReceiverType {
    Alertmanager,
    Webhook,
    Slack
}
