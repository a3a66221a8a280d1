package io.heapwarden.growth;

import org.jspecify.annotations.Nullable;

/**
 * A class that explains growth.
 *
 * @param className as in Java source: {@code byte[]}, {@code com.shop.Order}
 * @param heldBy the container that holds it, when known
 * @param unitsPerHour instances gained an hour
 * @param bytesPerHour bytes gained an hour, with what each instance brings along
 * @param explains share of the heap's growth that it explains, 0 to 1
 */
public record Culprit(
        String className, @Nullable String heldBy, double unitsPerHour, double bytesPerHour, double explains) {}
