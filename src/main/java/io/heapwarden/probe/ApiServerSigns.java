package io.heapwarden.probe;

import java.time.Duration;

/** Hears how the API server bears what it is asked. */
public interface ApiServerSigns {

    /** Nobody listens. */
    ApiServerSigns IGNORED = new ApiServerSigns() {
        @Override
        public void answered(Duration took) {}

        @Override
        public void busy(Duration retryAfter) {}
    };

    /** A connection was opened, or was not within this time. */
    void answered(Duration took);

    /** It refused for being busy (HTTP 429), and asks not to be asked again for this long. */
    void busy(Duration retryAfter);
}
