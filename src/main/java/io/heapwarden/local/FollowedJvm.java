package io.heapwarden.local;

import io.heapwarden.operator.ContainerMonitor;
import io.heapwarden.operator.ContainerView;
import io.heapwarden.operator.PolicyPlan;
import io.heapwarden.probe.JvmProbe;
import io.heapwarden.probe.LocalProbe;
import io.heapwarden.probe.Target;
import io.heapwarden.telemetry.OperatorMetrics;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One JVM that is sampled at the policy's interval from now until it ends or is let go. What is known of it can be read at any time. */
final class FollowedJvm {

    private final JvmProcess jvm;
    private final PolicyPlan plan;
    private final Clock clock;
    private final ContainerMonitor monitor;
    private final Target target;
    private final Thread thread;
    private final CountDownLatch letGo = new CountDownLatch(1);
    private volatile ContainerView view;
    private volatile boolean ended;

    FollowedJvm(JvmProcess jvm, PolicyPlan plan, JvmProbe probe, OperatorMetrics metrics, Clock clock) {
        this.jvm = jvm;
        this.plan = plan;
        this.clock = clock;
        this.monitor = new ContainerMonitor(jvm.main(), policy -> probe, metrics, null);
        this.target = LocalProbe.target(jvm.pid());
        this.view = monitor.view();
        this.thread =
                Thread.ofPlatform().daemon().name("heapwarden-jvm-" + jvm.pid()).start(this::follow);
    }

    JvmProcess jvm() {
        return jvm;
    }

    boolean ended() {
        return ended;
    }

    /** How it stands now. */
    JvmStanding standing() {
        return JvmStanding.of(jvm, plan, view, Optional.ofNullable(monitor.life()), ended, clock.instant());
    }

    /** Stops sampling. */
    void letGo() {
        letGo.countDown();
        thread.interrupt();
    }

    /** Waits until sampling has stopped, so that no tool that looks into the JVM is left. */
    void awaitEnd(Duration limit) throws InterruptedException {
        thread.join(limit);
    }

    private void follow() {
        long next = System.nanoTime();
        try {
            while (alive()) {
                ContainerView fresh = monitor.sample(target, plan, clock);
                if (letGo.getCount() == 0) {
                    return;
                }
                if (!alive()) {
                    break;
                }
                view = fresh;
                next = Math.max(next + plan.interval().toNanos(), System.nanoTime());
                if (letGo.await(next - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    return;
                }
            }
            ended = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean alive() {
        return ProcessHandle.of(jvm.pid())
                .filter(process -> process.isAlive()
                        && process.info()
                                .startInstant()
                                .filter(jvm.startedAt()::equals)
                                .isPresent())
                .isPresent();
    }
}
