package io.heapwarden.operator;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Has Falco's events come to this replica while it leads, if the installation wants them. Tried until it succeeds, as a Secret may be put right later; and looked
 * at again now and then, as somebody may take the label away by which the events find this pod.
 */
@ApplicationScoped
public class FalcoListening {

    private final FalcoSetup falco;
    private final LeaderLabel label;
    private final Duration retry;
    private final Duration look;
    private @Nullable Thread thread;

    @Inject
    FalcoListening(FalcoSetup falco, LeaderLabel label) {
        this(falco, label, Duration.ofSeconds(5), Duration.ofSeconds(30));
    }

    FalcoListening(FalcoSetup falco, LeaderLabel label, Duration retry, Duration look) {
        this.falco = falco;
        this.label = label;
        this.retry = retry;
        this.look = look;
    }

    synchronized void begin() {
        if (falco.listens() && thread == null) {
            thread = Thread.ofVirtual().name("falco-listening").start(this::run);
        }
    }

    @PreDestroy
    synchronized void end() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
            thread = null;
        }
        falco.stop();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                boolean reachable = falco.start() && label.put();
                Thread.sleep(reachable ? look : retry);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
