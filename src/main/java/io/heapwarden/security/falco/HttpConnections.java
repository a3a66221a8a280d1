package io.heapwarden.security.falco;

import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The receiver's connections, how many there may be and how long each may take. A sender that writes a byte now and then is never idle by the clock of the
 * transport; here only complete requests count.
 */
final class HttpConnections {

    /** How exactly times are kept. */
    static final Duration LOOK = Duration.ofMillis(500);

    private final FalcoHttpLimits limits;
    private final FalcoCounts counts;
    private final Map<HttpConnection, Long> deadlines = new ConcurrentHashMap<>();

    HttpConnections(FalcoHttpLimits limits, FalcoCounts counts) {
        this.limits = limits;
        this.counts = counts;
    }

    void opened(HttpConnection connection) {
        if (deadlines.size() >= limits.connections()) {
            counts.add(FalcoCount.ConnectionsRefused);
            var unused = connection.close();
            return;
        }
        within(connection, limits.request());
        connection.closeHandler(closed -> deadlines.remove(connection));
    }

    /** The headers of a request have come. */
    void began(HttpConnection connection) {
        within(connection, limits.request());
    }

    /** A request is complete, and its sender may send. */
    void completed(HttpConnection connection) {
        deadlines.computeIfPresent(
                connection, (same, before) -> System.nanoTime() + limits.idle().toNanos());
    }

    /** Ends those that took too long. */
    void look() {
        long now = System.nanoTime();
        deadlines.forEach((connection, deadline) -> {
            if (deadline - now <= 0 && deadlines.remove(connection) != null) {
                counts.add(FalcoCount.ConnectionsTimedOut);
                var unused = connection.close();
            }
        });
    }

    int size() {
        return deadlines.size();
    }

    private void within(HttpConnection connection, Duration time) {
        deadlines.put(connection, System.nanoTime() + time.toNanos());
    }
}
