package io.heapwarden.security.jvm;

import io.heapwarden.security.Severity;
import org.jspecify.annotations.Nullable;

/**
 * What one check saw.
 *
 * @param subject what of the container it is about; empty when the check says it all
 * @param severity how bad it is here
 * @param message one sentence without a full stop, without numbers that change
 * @param reference where it is defined; null when the check says so
 * @param remedy what to do about it; null when the check says so
 */
record Sighting(
        String subject, Severity severity, String message, @Nullable String reference, @Nullable String remedy) {

    Sighting(String subject, Severity severity, String message) {
        this(subject, severity, message, null, null);
    }
}
