package io.heapwarden.probe;

import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What stays the same in the life of a JVM of this machine.
 *
 * @param pid its process id here
 * @param innerPid its process id as it knows it itself, which differs in a container
 * @param startTicks tells it from a later process of the same id
 * @param tmp its /tmp, which is another one in a container
 * @param hsperfdata its counters; null when it keeps none
 * @param ownGroup whether its control group holds no other program, so that the group's memory is the JVM's
 */
record LocalJvm(int pid, int innerPid, long startTicks, Path tmp, @Nullable Path hsperfdata, boolean ownGroup) {

    private static final int MAPS_CAP = 8 << 20;
    private static final int TAIL = 1 << 16;

    static ProbeResult<LocalJvm> find(int pid, Path process, long startTicks) throws IOException {
        String maps;
        try {
            maps = new String(ProcFiles.read(process.resolve("maps"), MAPS_CAP), StandardCharsets.UTF_8);
        } catch (AccessDeniedException e) {
            return new Refusal<>(
                    RefusalReason.OtherUser,
                    "process " + pid + " runs as another user. Run Heapwarden as that user, or as root");
        }
        if (!maps.contains("/libjvm.so")) {
            return isNativeImage(process)
                    ? new Refusal<>(
                            RefusalReason.NativeImage,
                            "process " + pid + " is a GraalVM native image, which has no HotSpot counters")
                    : new Refusal<>(RefusalReason.NoJvm, "process " + pid + " is not a JVM");
        }
        if (maps.contains("/libj9vm")) {
            return new Refusal<>(
                    RefusalReason.OpenJ9,
                    "process " + pid + " is an OpenJ9 JVM, which has neither HotSpot's counters nor its attach");
        }
        int inner = ProcFiles.innerPid(process);
        Path tmp = process.resolve("root/tmp");
        return new Success<>(new LocalJvm(
                pid, inner, startTicks, tmp, hsperfdata(maps, inner, tmp), ControlGroup.isOwn(process, pid)));
    }

    /** A file left by an earlier JVM of the same process id is not mapped by this one. */
    private static @Nullable Path hsperfdata(String maps, int inner, Path tmp) {
        return maps.lines()
                .filter(line -> line.endsWith("/" + inner))
                .map(line -> line.lastIndexOf("/hsperfdata_") < 0
                        ? ""
                        : line.substring(line.lastIndexOf("/hsperfdata_") + 1))
                .filter(name -> !name.isEmpty())
                .map(tmp::resolve)
                .filter(Files::isReadable)
                .findFirst()
                .orElse(null);
    }

    /** Its ELF file has a section of that name, told near its end. */
    private static boolean isNativeImage(Path process) {
        try (RandomAccessFile exe = new RandomAccessFile(process.resolve("exe").toFile(), "r")) {
            byte[] tail = new byte[(int) Math.min(TAIL, exe.length())];
            exe.seek(exe.length() - tail.length);
            exe.readFully(tail);
            return new String(tail, StandardCharsets.ISO_8859_1).contains(".svm_heap");
        } catch (IOException e) {
            return false;
        }
    }
}
