package io.heapwarden.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapwarden.jvm.ThreadDump.ContendedLock;
import io.heapwarden.jvm.ThreadDump.Group;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreadDumpTest {

    private static final String HEAD = "Full thread dump OpenJDK 64-Bit Server VM (17.0.15+6 mixed mode):\n\n";
    private static final String END = "JNI global refs: 7, weak refs: 0\n\n";
    private static final String HEADER =
            "\" #12 prio=5 os_prio=0 cpu=1.00ms elapsed=1.00s tid=0x00007f nid=0x1 runnable\n";

    @ParameterizedTest
    @CsvSource({
        "pool-3-thread-17, pool-N-thread-N",
        "http-nio-8080-exec-1, http-nio-N-exec-N",
        "main, main",
        "task 7f3a9c41b2de, task N",
        "550e8400-e29b-41d4-a716-446655440000, N-N-N-N-N",
        "Größe 日本 5, Größe 日本 N",
        "deadbeef, deadbeef",
        "facade12345678901, N",
        "worker-a1, worker-aN"
    })
    void threadsThatDoTheSameHaveOneName(String name, String normalised) {
        assertThat(ThreadNames.normalised(name)).isEqualTo(normalised);
    }

    @Test
    void theOneThatWaitsToBeNotifiedHoldsNothing() throws Exception {
        ThreadDump dump = parse(
                thread(
                        "waiter",
                        "TIMED_WAITING (on object monitor)",
                        "\tat java.lang.Object.wait(Native Method)\n"
                                + "\t- waiting on <0x00000000fa004628> (a com.shop.Box)\n"
                                + "\tat com.shop.Box.take(Box.java:5)\n"
                                + "\t- locked <0x00000000fa004628> (a com.shop.Box)\n"),
                thread(
                        "putter",
                        "BLOCKED (on object monitor)",
                        "\tat com.shop.Box.put(Box.java:9)\n"
                                + "\t- waiting to lock <0x00000000fa004628> (a com.shop.Box)\n"),
                thread(
                        "woken",
                        "BLOCKED (on object monitor)",
                        "\tat java.lang.Object.wait(Native Method)\n"
                                + "\t- waiting to re-lock in wait() <0x00000000fa004628> (a com.shop.Box)\n"
                                + "\tat com.shop.Box.take(Box.java:5)\n"
                                + "\t- locked <0x00000000fa004628> (a com.shop.Box)\n"));

        assertThat(dump.contendedLocks())
                .containsExactly(new ContendedLock("com.shop.Box", 0xfa004628L, true, 2, "putter", null));
    }

    @Test
    void whatThreadsParkForIsALockOnlyWhenItIsOne() throws Exception {
        ThreadDump dump = parse(
                thread(
                        "idle-1",
                        "WAITING (parking)",
                        "\tat jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)\n"
                                + "\t- parking to wait for  <0x00000000fa000001> (a java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)\n"),
                thread(
                        "writer-1",
                        "WAITING (parking)",
                        "\tat jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)\n"
                                + "\t- parking to wait for  <0x00000000fa000002> (a java.util.concurrent.locks.ReentrantReadWriteLock$NonfairSync)\n"));

        assertThat(dump.contendedLocks()).hasSize(1);
        assertThat(dump.contendedLocks().getFirst().monitor()).isFalse();
        assertThat(dump.contendedLocks().getFirst().waitingGroup()).isEqualTo("writer-N");
    }

    @Test
    void aGroupIsWhereMostOfItIs() throws Exception {
        String busy = "\tat java.util.HashMap.get(java.base@17.0.15/HashMap.java:552)\n"
                + "\tat com.shop.Stock$$Lambda$15/0x0000000800c03000.run(Unknown Source)\n"
                + "\tat com.shop.Stock.find(Stock.java:31)\n";
        String other = "\tat com.shop.Stock.load(Stock.java:12)\n";

        assertThat(parse(
                                thread("worker-1", "RUNNABLE", busy),
                                thread("worker-2", "RUNNABLE", other),
                                thread("worker-3", "RUNNABLE", busy),
                                thread("worker-4", "WAITING (parking)", ""))
                        .groups())
                .containsExactly(
                        new Group(
                                "worker-N",
                                ThreadState.Runnable,
                                3,
                                "java.util.HashMap.get(HashMap.java:552)",
                                "com.shop.Stock$$Lambda.run(Unknown Source)",
                                2),
                        new Group("worker-N", ThreadState.Waiting, 1, null, null, 0));
    }

    @Test
    void namesMayHoldQuotationMarksAndLineBreaks() throws Exception {
        ThreadDump dump = parse(
                thread("say \"hello\" #5", "RUNNABLE", ""),
                thread("first\nsecond", "RUNNABLE", "\tat com.shop.A.a(A.java:1)\n"),
                thread("tab\tand\u0007bell", "RUNNABLE", ""));

        assertThat(dump.groups().stream().map(Group::name))
                .containsExactlyInAnyOrder("say \"hello\" #N", "first second", "tab?and?bell");
        assertThat(dump.threads()).isEqualTo(3);
    }

    @Test
    void isBoundedWhateverTheNames() throws Exception {
        StringBuilder text = new StringBuilder(HEAD);
        for (int i = 0; i < 20_000; i++) {
            String letters = Integer.toString(i, 26)
                    .chars()
                    .map(c -> c <= '9' ? c + 'A' - '0' : c)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            text.append(thread(letters, "RUNNABLE", "\tat com.shop.A.a" + i + "(A.java:1)\n"));
        }
        ThreadDump dump = ThreadDump.parse((text + END).getBytes(StandardCharsets.UTF_8));

        assertThat(dump.groups()).hasSize(ThreadDump.MAX_GROUPS + 1);
        assertThat(dump.groups().getFirst().name()).isEqualTo(ThreadDump.OTHERS);
        assertThat(dump.groups().stream().mapToInt(Group::threads).sum()).isEqualTo(20_000);
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(
                        () -> ThreadDump.parse("1234:\nUnknown diagnostic command\n".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedOutputException.class)
                .hasMessage("the JVM's answer is no thread dump; it begins with \"1234:?Unknown diagnostic command\"");
        assertThatThrownBy(() ->
                        ThreadDump.parse((HEAD + thread("main", "RUNNABLE", "")).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedOutputException.class)
                .hasMessage("thread dump is cut: it ends in the list of threads, after 1");
        assertThatThrownBy(() -> ThreadDump.parse(new byte[ThreadDump.MAX_BYTES + 1]))
                .isInstanceOf(MalformedOutputException.class)
                .hasMessage("thread dump has 33554433 bytes; at most 33554432 are read");
    }

    private static String thread(String name, String state, String stack) {
        return "\"" + name + HEADER + "   java.lang.Thread.State: " + state + "\n" + stack + "\n";
    }

    private static ThreadDump parse(String... threads) throws MalformedOutputException {
        return ThreadDump.parse((HEAD + String.join("", threads) + END).getBytes(StandardCharsets.UTF_8));
    }
}
