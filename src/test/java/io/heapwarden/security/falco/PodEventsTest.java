package io.heapwarden.security.falco;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.time.MovableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PodEventsTest {

    private static final String FULL = "4f7b2a9d1c3e" + "a".repeat(52);
    private static final String SIDECAR = "b".repeat(64);
    private static final RunningPod API = new RunningPod(
            "shop", "api-0", "uid-1", Map.of("api", "containerd://" + FULL, "proxy", "cri-o://" + SIDECAR));

    private final Map<String, RunningPod> pods = new HashMap<>();
    private final MovableClock clock = new MovableClock();
    private final FalcoCounts counts = new FalcoCounts();
    private final OwnEchoes echoes = new OwnEchoes();
    private final List<String> handled = new ArrayList<>();
    private final PodEvents events = new PodEvents(
            echoes,
            new DirectoryPodLocator(new Directory()),
            (pod, container, event) -> handled.add(pod.uid() + "/" + container),
            counts,
            clock);

    /** Those that are known. */
    private final class Directory implements PodDirectory {
        @Override
        public RunningPod named(String namespace, String name) {
            return pods.get(namespace + "/" + name);
        }

        @Override
        public RunningPod withContainer(String shortId) {
            return pods.values().stream()
                    .filter(pod -> pod.containers().values().stream()
                            .anyMatch(id -> shortId.equals(ContainerIds.shortened(id))))
                    .findFirst()
                    .orElse(null);
        }
    }

    @Test
    void aPodIsFoundByNameAndContainer() {
        know(API);
        handle("shop", "api-0", "4f7b2a9d1c3e");
        handle("shop", "api-0", FULL);
        handle("shop", "api-0", SIDECAR);
        handle("shop", "api-0", null);

        assertThat(handled).containsExactly("uid-1/api", "uid-1/api", "uid-1/proxy", "uid-1/");
    }

    @Test
    void aPodIsFoundByItsContainerAlone() {
        know(API);
        handle(null, null, "4f7b2a9d1c3e");
        handle("shop", null, FULL);

        assertThat(handled).containsExactly("uid-1/api", "uid-1/api");
    }

    @Test
    void aNameWithAnothersContainerTouchesNeither() {
        know(API);
        know(new RunningPod("bank", "ledger", "uid-2", Map.of("ledger", "c".repeat(64))));
        handle("bank", "ledger", FULL);
        handle("bank", null, FULL);
        handle("shop", "api-1", FULL);

        assertThat(handled).isEmpty();
        assertThat(counts.get(FalcoCount.Contradictory)).isEqualTo(3);
    }

    @Test
    void thePodBeforeOfTheSameNameIsAnotherPod() {
        know(API);
        handle("shop", "api-0", "d".repeat(64));
        tick(Duration.ofSeconds(3));

        assertThat(handled).isEmpty();
        assertThat(counts.get(FalcoCount.UnknownPods)).isEqualTo(1);
    }

    @Test
    void aContainerThatIsNotInItsPodsStatusYetIsThatPods() {
        know(new RunningPod("shop", "api-0", "uid-1", Map.of("api", "", "proxy", SIDECAR)));
        handle("shop", "api-0", FULL);

        assertThat(handled).containsExactly("uid-1/");
    }

    @Test
    void onlyAllDigitsMakeTheSameContainer() {
        know(API);
        handle(null, null, "4f7b2a9d1c3e" + "b".repeat(52));
        tick(Duration.ofSeconds(3));

        assertThat(handled).isEmpty();
    }

    @Test
    void eventsOfTheNodeAreOfNoPod() {
        handle(null, null, "host");
        handle(null, null, null);
        handle("shop", null, "no-id");

        assertThat(counts.get(FalcoCount.NoPod)).isEqualTo(3);
        assertThat(events.waiting()).isZero();
    }

    @Test
    void anEventWaitsUntilItsPodIsKnown() {
        handle("shop", "api-0", "4f7b2a9d1c3e");
        handle(null, null, "4f7b2a9d1c3e");
        tick(Duration.ofMillis(1900));
        assertThat(handled).isEmpty();

        know(API);
        tick(Duration.ofMillis(50));

        assertThat(handled).containsExactly("uid-1/api", "uid-1/api");
        assertThat(counts.get(FalcoCount.LatePods)).isEqualTo(2);
        assertThat(events.waiting()).isZero();
    }

    @Test
    void anEventDoesNotWaitForLong() {
        handle("shop", "api-0", "4f7b2a9d1c3e");
        tick(Duration.ofMillis(1999));
        assertThat(events.waiting()).isEqualTo(1);
        tick(Duration.ofMillis(1));

        assertThat(events.waiting()).isZero();
        know(API);
        tick(Duration.ofMillis(100));
        assertThat(handled).isEmpty();
        assertThat(counts.get(FalcoCount.UnknownPods)).isEqualTo(1);
    }

    @Test
    void notMoreEventsWaitThanTheBound() {
        for (int i = 0; i < PodEvents.MOST_WAITING + 10; i++) {
            handle("shop", "pod-" + i, null);
        }
        assertThat(events.waiting()).isEqualTo(PodEvents.MOST_WAITING);
        assertThat(counts.get(FalcoCount.UnknownPods)).isEqualTo(10);
    }

    @Test
    void theOperatorsOwnProbesGo() {
        know(API);
        echoes.ran(FULL, Seeds.TIME);
        events.handle(Seeds.event(
                FalcoPriority.Notice,
                "r",
                FalcoField.ContainerId,
                "4f7b2a9d1c3e",
                FalcoField.CommandLine,
                OwnEchoes.SCRIPT));

        assertThat(handled).isEmpty();
        assertThat(counts.get(FalcoCount.Echoes)).isEqualTo(1);
    }

    private void know(RunningPod pod) {
        pods.put(pod.namespace() + "/" + pod.name(), pod);
    }

    private void tick(Duration time) {
        clock.move(time);
        events.turn(clock.instant());
    }

    private void handle(String namespace, String name, String container) {
        Map<FalcoField, String> fields = new HashMap<>();
        if (namespace != null) {
            fields.put(FalcoField.Namespace, namespace);
        }
        if (name != null) {
            fields.put(FalcoField.Pod, name);
        }
        if (container != null) {
            fields.put(FalcoField.ContainerId, container);
        }
        events.handle(Seeds.event(Seeds.TIME, FalcoPriority.Warning, fields));
    }
}
