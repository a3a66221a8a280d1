package io.heapwarden.operator;

import io.heapwarden.security.falco.SenderTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** The file with the tokens of Falco's senders, read anew while it is watched: a Secret that changes needs no restart. */
final class FalcoTokenFile implements AutoCloseable {

    static final Duration LOOK = Duration.ofSeconds(10);

    private static final Logger LOG = Logger.getLogger(FalcoTokenFile.class);

    private final Path file;
    private final Duration look;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("falco-token").daemon().factory());
    private volatile SenderTokens inUse;

    /** @throws IllegalArgumentException when it cannot be read, or holds no token that can be used */
    FalcoTokenFile(Path file, Duration look) {
        this.file = file;
        this.look = look;
        this.inUse = read();
    }

    SenderTokens inUse() {
        return inUse;
    }

    /** Hands over what is new. A file that cannot be used is said in the log each time, and the tokens before stay valid. */
    void watch(Consumer<SenderTokens> user) {
        thread.scheduleWithFixedDelay(() -> look(user), look.toMillis(), look.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look(Consumer<SenderTokens> user) {
        try {
            SenderTokens now = read();
            if (!now.equals(inUse)) {
                inUse = now;
                user.accept(now);
                LOG.info("The Falco receiver uses its new token");
            }
        } catch (IllegalArgumentException unusable) {
            LOG.errorf("The Falco receiver keeps its old token: %s", unusable.getMessage());
        }
    }

    private SenderTokens read() {
        try {
            return SenderTokens.parse(Files.readString(file));
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "the token of the Falco receiver cannot be read from " + file + " (heapwarden.falco.token-file): "
                            + unreadable,
                    unreadable);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
