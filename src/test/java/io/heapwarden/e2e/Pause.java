package io.heapwarden.e2e;

import java.time.Duration;

/** Time that has to pass, as where a fault lasts: not a way to wait for something. */
final class Pause {

    private Pause() {}

    static void of(Duration length) {
        try {
            Thread.sleep(length);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
