package io.heapwarden.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapwarden.jvm.ClassLoaderStatistics.Loaders;
import io.heapwarden.jvm.ThreadDump.Group;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever happens to the answers of diagnostic commands on their way here, the outcome is a refusal or a result that holds together. */
class DamagedDiagnosticsTest {

    /** One of the answers, and what a result of it must hold. */
    private enum Answer {
        Threads("thread_print.txt.gz") {
            @Override
            void readAndCheck(byte[] text) throws MalformedOutputException {
                check(ThreadDump.parse(text));
            }
        },
        ThreadsWithSynchronizers("thread_print_l.txt.gz") {
            @Override
            void readAndCheck(byte[] text) throws MalformedOutputException {
                check(ThreadDump.parse(text));
            }
        },
        ClassLoaders("classloader_stats.txt") {
            @Override
            void readAndCheck(byte[] text) throws MalformedOutputException {
                ClassLoaderStatistics read = ClassLoaderStatistics.parse(text);
                assertThat(read.loaders().stream().mapToLong(Loaders::count).sum())
                        .isEqualTo(read.count());
                assertThat(read.loaders().stream()
                                .mapToLong(Loaders::chunkBytes)
                                .sum())
                        .isEqualTo(read.chunkBytes());
                assertThat(read.classes()).isNotNegative();
            }
        },
        Memory("native_memory.txt") {
            @Override
            void readAndCheck(byte[] text) throws MalformedOutputException {
                if (NativeMemory.parse(text) instanceof NativeMemory.Tracked account) {
                    assertThat(account.committed()).isBetween(0L, account.reserved());
                    assertThat(account.categories()).allSatisfy(category -> assertThat(category.committed())
                            .isBetween(0L, category.reserved()));
                }
            }
        },
        Strings("stringtable.txt") {
            @Override
            void readAndCheck(byte[] text) throws MalformedOutputException {
                check(StringTable.parse(text));
            }
        },
        Symbols("symboltable.txt") {
            @Override
            void readAndCheck(byte[] text) throws MalformedOutputException {
                check(StringTable.parse(text));
            }
        },
        Finalizers("finalizer_info.txt") {
            @Override
            void readAndCheck(byte[] text) throws MalformedOutputException {
                FinalizerQueue read = FinalizerQueue.parse(text);
                assertThat(read.pending()).isNotNegative();
                assertThat(read.classes())
                        .allSatisfy(pending -> assertThat(pending.count()).isNotNegative());
            }
        };

        private final List<byte[]> recorded;

        Answer(String file) {
            this.recorded = DiagnosedRecording.answers(file);
        }

        byte[] recorded(int number) {
            return recorded.get(number % recorded.size()).clone();
        }

        abstract void readAndCheck(byte[] text) throws MalformedOutputException;

        private static void check(ThreadDump read) {
            assertThat(read.groups().stream().mapToInt(Group::threads).sum())
                    .isEqualTo(read.threads() + read.jvmThreads());
            assertThat(new HashSet<>(read.groups())).hasSameSizeAs(read.groups());
            assertThat(read.threads()).isPositive();
            assertThat(read.groups()).allSatisfy(group -> {
                assertThat(group.threads()).isPositive();
                assertThat(group.applicationFrameThreads()).isBetween(0, group.threads());
                assertThat(group.name().chars()).noneMatch(Character::isISOControl);
                assertThat(group.name()).hasSizeLessThanOrEqualTo(Lines.MAX_TEXT);
            });
            assertThat(read.contendedLocks())
                    .allSatisfy(lock -> assertThat(lock.waiters()).isPositive());
        }

        private static void check(StringTable read) {
            assertThat(read.bytes()).isGreaterThanOrEqualTo(read.literalBytes());
            assertThat(read.entries()).isNotNegative();
        }
    }

    private static void assertRefusedOrSane(Answer answer, byte[] text) {
        try {
            answer.readAndCheck(text);
        } catch (MalformedOutputException e) {
            assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(400);
        }
    }

    @Property(tries = 2000)
    void aCutAnswer(@ForAll Answer answer, @ForAll @IntRange(max = 4) int jdk, @ForAll("shares") double place) {
        byte[] whole = answer.recorded(jdk);
        assertRefusedOrSane(answer, Arrays.copyOf(whole, (int) (place * whole.length)));
    }

    /** What has an end mark must not be believed without it. */
    @Property(tries = 1000)
    void aTableThatEndsInATotalIsRefusedWithoutIt(@ForAll @IntRange(max = 4) int jdk, @ForAll("shares") double place) {
        byte[] whole = Answer.ClassLoaders.recorded(jdk);
        int total = new String(whole, StandardCharsets.UTF_8).indexOf("Total = ");
        byte[] cut = Arrays.copyOf(whole, (int) (place * total));
        assertThatThrownBy(() -> ClassLoaderStatistics.parse(cut)).isInstanceOf(MalformedOutputException.class);
    }

    @Property(tries = 1000)
    void aThreadDumpCutBeforeItsEndIsRefused(@ForAll @IntRange(max = 4) int jdk, @ForAll("shares") double place) {
        byte[] whole = Answer.Threads.recorded(jdk);
        int end = new String(whole, StandardCharsets.UTF_8).indexOf("JNI global ref");
        byte[] cut = Arrays.copyOf(whole, (int) (place * end));
        assertThatThrownBy(() -> ThreadDump.parse(cut)).isInstanceOf(MalformedOutputException.class);
    }

    @Property(tries = 3000)
    void anAnswerWithGarbageInIt(
            @ForAll Answer answer,
            @ForAll @IntRange(max = 4) int jdk,
            @ForAll("shares") double place,
            @ForAll("garbage") byte[] garbage) {
        byte[] whole = answer.recorded(jdk);
        int at = (int) (place * whole.length);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.write(whole, 0, at);
        text.writeBytes(garbage);
        text.write(whole, at, whole.length - at);
        assertRefusedOrSane(answer, text.toByteArray());
    }

    @Property(tries = 3000)
    void anAnswerWithWrongBytes(
            @ForAll Answer answer,
            @ForAll @IntRange(max = 4) int jdk,
            @ForAll("shares") double place,
            @ForAll("garbage") byte[] garbage) {
        byte[] text = answer.recorded(jdk);
        int at = (int) (place * text.length);
        System.arraycopy(garbage, 0, text, at, Math.min(garbage.length, text.length - at));
        assertRefusedOrSane(answer, text);
    }

    @Property(tries = 300)
    void nothingButGarbage(@ForAll Answer answer, @ForAll byte[] garbage) {
        assertThatThrownBy(() -> answer.readAndCheck(garbage)).isInstanceOf(MalformedOutputException.class);
    }

    @Provide
    Arbitrary<Double> shares() {
        return Arbitraries.doubles().between(0, true, 1, false);
    }

    /** Bytes, digits, and pieces of what the parsers look for. */
    @Provide
    Arbitrary<byte[]> garbage() {
        Arbitrary<byte[]> bytes =
                Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(40);
        Arbitrary<byte[]> pieces = Arbitraries.of(
                        "\"",
                        "\n\"",
                        "\" #1 tid=0x1 ",
                        "\tat ",
                        "\t- locked <0x",
                        "\n",
                        "999999999999999999",
                        "-1",
                        "0x",
                        "\nTotal = ",
                        "KB",
                        "\n-  X (reserved=1KB, committed=2KB)\n",
                        "   java.lang.Thread.State: ",
                        "\nFound one Java-level deadlock:\n",
                        "\nJNI global refs: 1\n",
                        "\n\"a\":\n",
                        " (a ",
                        "+ ",
                        "\u00e9")
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(list -> String.join("", list).getBytes(StandardCharsets.UTF_8));
        return Combinators.combine(bytes, pieces, Arbitraries.of(0, 1)).as((a, b, which) -> which == 0 ? a : b);
    }
}
