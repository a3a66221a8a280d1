package io.heapwarden.response.notify;

import java.util.Locale;

/** How much a notice matters, the least first. What matters least is dropped first where something has to be. */
public enum Severity {
    Info,
    Warning,
    Critical;

    /** As a label of an alert has it: {@code info}, {@code warning}, {@code critical}. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
