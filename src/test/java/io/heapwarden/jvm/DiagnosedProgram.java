package io.heapwarden.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.jvm.ClassLoaderStatistics.Loaders;
import io.heapwarden.jvm.FinalizerQueue.Pending;
import io.heapwarden.jvm.ThreadDump.ContendedLock;
import io.heapwarden.jvm.ThreadDump.Deadlock;
import io.heapwarden.jvm.ThreadDump.Group;
import io.heapwarden.jvm.ThreadDump.Party;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What is known of src/test/scripts/Diagnosed.java, to be compared with what a JVM that runs it is read to say. */
public final class DiagnosedProgram {

    private static final int POOL = 50;
    private static final int LOADERS = 7;
    private static final int FINALIZABLE = 300;
    private static final int BUFFERS = 20;
    private static final int INTERNED = 3000;
    private static final long KIB = 1 << 10;
    private static final long MIB = 1 << 20;

    private DiagnosedProgram() {}

    /** @param synchronizers whether the dump was made with -l */
    public static void check(ThreadDump dump, int featureVersion, boolean synchronizers) {
        assertThat(group(dump, "pool-N-thread-N", ThreadState.Blocked))
                .isEqualTo(new Group(
                        "pool-N-thread-N",
                        ThreadState.Blocked,
                        POOL,
                        "Diagnosed.waitForShared(Diagnosed.java:" + line(dump, "pool-N-thread-N") + ")",
                        "Diagnosed.waitForShared(Diagnosed.java:" + line(dump, "pool-N-thread-N") + ")",
                        POOL));
        assertThat(group(dump, "transfer-N", ThreadState.Blocked).threads()).isEqualTo(2);
        Group ledgers = group(dump, "ledger-N", ThreadState.Waiting);
        assertThat(ledgers.threads()).isEqualTo(2);
        assertThat(ledgers.topFrame()).contains(".park(Native Method)");
        assertThat(ledgers.applicationFrame()).startsWith("Diagnosed.take(Diagnosed.java:");
        assertThat(ledgers.applicationFrameThreads()).isEqualTo(2);
        assertThat(dump.groups().stream().mapToInt(Group::threads).sum()).isEqualTo(dump.threads() + dump.jvmThreads());
        assertThat(dump.threads()).isBetween(POOL + 10, POOL + 40);
        assertThat(dump.jvmThreads()).isBetween(2, 30);

        ContendedLock most = dump.contendedLocks().getFirst();
        assertThat(most.waiters()).isEqualTo(POOL);
        assertThat(most.className()).isEqualTo("java.lang.Object");
        assertThat(most.waitingGroup()).isEqualTo("pool-N-thread-N");
        assertThat(most.holder()).isEqualTo("holder");
        assertThat(most.monitor()).isTrue();
        assertThat(holderOf(dump, "Diagnosed$FirstLock")).containsExactly("transfer-1");
        assertThat(holderOf(dump, "Diagnosed$SecondLock")).containsExactly("transfer-2");
        assertThat(holderOf(dump, "java.util.concurrent.locks.ReentrantLock$NonfairSync"))
                .containsExactlyInAnyOrder(
                        synchronizers ? new String[] {"ledger-1", "ledger-2"} : new String[] {"unknown", "unknown"});
        assertThat(dump.contendedLocks()).hasSize(5);
        checkDeadlocks(dump);
        checkReader(dump, featureVersion);
    }

    private static void checkDeadlocks(ThreadDump dump) {
        assertThat(dump.deadlocks().stream()
                        .map(Deadlock::parties)
                        .map(Set::copyOf)
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        Set.of(
                                new Party("transfer-1", "Diagnosed$SecondLock", "transfer-2"),
                                new Party("transfer-2", "Diagnosed$FirstLock", "transfer-1")),
                        Set.of(
                                new Party(
                                        "ledger-1", "java.util.concurrent.locks.ReentrantLock$NonfairSync", "ledger-2"),
                                new Party(
                                        "ledger-2",
                                        "java.util.concurrent.locks.ReentrantLock$NonfairSync",
                                        "ledger-1")));
    }

    /** A virtual thread from JDK 21 on; where it is, its dump says from 24 on. */
    private static void checkReader(ThreadDump dump, int featureVersion) {
        assertThat(dump.mountedVirtualThreads()).isEqualTo(featureVersion >= 21 ? 1 : 0);
        if (featureVersion >= 21 && featureVersion < 24) {
            assertThat(group(dump, "ForkJoinPool-N-worker-N", ThreadState.CarryingVirtualThread)
                            .applicationFrame())
                    .isNull();
            return;
        }
        Group reader = featureVersion >= 24
                ? group(dump, "ForkJoinPool-N-worker-N", ThreadState.CarryingVirtualThread)
                : group(dump, "reader", ThreadState.Runnable);
        assertThat(reader.threads()).isEqualTo(1);
        assertThat(reader.topFrame()).isEqualTo("java.io.FileInputStream.readBytes(Native Method)");
        assertThat(reader.applicationFrame()).startsWith("Diagnosed.readAll(");
    }

    private static Group group(ThreadDump dump, String name, ThreadState state) {
        List<Group> found = dump.groups().stream()
                .filter(group -> group.name().equals(name) && group.state() == state)
                .toList();
        assertThat(found).as(name + " of " + dump.groups()).hasSize(1);
        return found.getFirst();
    }

    /** Line numbers move when the program is edited after its fixtures were recorded. */
    private static String line(ThreadDump dump, String name) {
        String frame = String.valueOf(group(dump, name, ThreadState.Blocked).topFrame());
        return frame.replaceAll(".*:(\\d+)\\)", "$1");
    }

    private static List<String> holderOf(ThreadDump dump, String className) {
        return dump.contendedLocks().stream()
                .filter(lock -> lock.className().equals(className))
                .map(lock -> lock.holder() == null ? "unknown" : lock.holder())
                .toList();
    }

    public static void check(ClassLoaderStatistics statistics) {
        Loaders plugins = statistics.loaders().stream()
                .filter(loaders -> loaders.className().equals("Diagnosed$PluginLoader"))
                .findFirst()
                .orElseThrow();
        assertThat(plugins.count()).isEqualTo(LOADERS);
        // Each its own Plugin class and the lambda of it, which is unsafe anonymous up to JDK 14 and counted with the
        // others then.
        assertThat(plugins.classes() + plugins.hiddenClasses()).isEqualTo(2L * LOADERS);
        assertThat(plugins.chunkBytes()).isPositive();
        assertThat(plugins.blockBytes()).isPositive().isLessThanOrEqualTo(plugins.chunkBytes());
        assertThat(statistics.count()).isEqualTo(LOADERS + 3L);
        assertThat(statistics.loaders().getFirst().className()).isEqualTo("<boot class loader>");
    }

    /** @param maxHeap what -Xmx says */
    public static void check(NativeMemory memory, long maxHeap) {
        assertThat(memory).isInstanceOfSatisfying(NativeMemory.Tracked.class, account -> {
            assertThat(account.categories())
                    .anySatisfy(category -> {
                        assertThat(category.name()).isEqualTo("Java Heap");
                        assertThat(category.reserved()).isEqualTo(maxHeap);
                        assertThat(category.committed()).isBetween(MIB, maxHeap);
                    })
                    .anySatisfy(category -> {
                        assertThat(category.name()).isEqualTo("Thread");
                        assertThat(category.reserved()).isGreaterThan(POOL * 512 * KIB);
                    });
            assertThat(account.categories().size()).isBetween(8, 40);
            assertThat(account.committed()).isBetween(maxHeap / 8, account.reserved());
        });
    }

    public static void checkStrings(StringTable strings) {
        assertThat(strings.entries()).isBetween((long) INTERNED, INTERNED + 20_000L);
        assertThat(strings.buckets()).isGreaterThanOrEqualTo(1024);
        assertThat(strings.literalBytes()).isGreaterThan(INTERNED * 40L);
        assertThat(strings.bytes()).isGreaterThan(strings.literalBytes());
    }

    public static void checkSymbols(StringTable symbols) {
        long all = symbols.entries() + (symbols.sharedEntries() == null ? 0 : symbols.sharedEntries());
        assertThat(all).isBetween(500L, 200_000L);
        assertThat(symbols.bytes()).isGreaterThan(symbols.literalBytes());
    }

    /** One is with the finalizer, which does not come back. */
    public static void check(FinalizerQueue queue) {
        assertThat(queue.classes().getFirst()).isEqualTo(new Pending("Diagnosed$Finalized", FINALIZABLE - 1L));
        assertThat(queue.pending())
                .isEqualTo(queue.classes().stream().mapToLong(Pending::count).sum());
    }

    public static void check(DirectBuffers buffers) {
        assertThat(buffers.allocations()).isEqualTo(BUFFERS);
        assertThat(buffers.cleaners()).isGreaterThanOrEqualTo(BUFFERS);
        assertThat(buffers.buffers()).isGreaterThanOrEqualTo(BUFFERS);
    }
}
