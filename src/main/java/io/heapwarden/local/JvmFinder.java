package io.heapwarden.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the HotSpot JVMs of this machine (Linux): processes whose program is called java, and those that keep counters in
 * {@code /tmp/hsperfdata_USER/PID}. This process, and what it has started to look into others, are left out.
 */
final class JvmFinder {

    private static final Path TEMPORARY = Path.of("/tmp");
    private static final Path PROC = Path.of("/proc");

    /** Every JVM there is now. */
    List<JvmProcess> all() {
        Set<Long> own = Stream.concat(
                        Stream.of(ProcessHandle.current()),
                        ProcessHandle.current().descendants())
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
        return among(ProcessHandle.allProcesses().filter(process -> !own.contains(process.pid())));
    }

    /** The JVMs among some processes. */
    List<JvmProcess> among(Stream<ProcessHandle> processes) {
        return processes.flatMap(process -> jvm(process).stream()).toList();
    }

    private static Optional<JvmProcess> jvm(ProcessHandle process) {
        ProcessHandle.Info info = process.info();
        String user = info.user().orElse("");
        boolean java =
                info.command().filter(command -> command.endsWith("/java")).isPresent();
        boolean counts = Files.exists(TEMPORARY.resolve("hsperfdata_" + user).resolve(String.valueOf(process.pid())));
        if (!java && !counts) {
            return Optional.empty();
        }
        List<String> commandLine = commandLine(process.pid());
        if (commandLine.isEmpty()) {
            return Optional.empty();
        }
        boolean launcher = java || commandLine.getFirst().endsWith("java");
        return Optional.of(new JvmProcess(
                process.pid(),
                info.startInstant().orElse(Instant.EPOCH),
                MainClass.of(launcher ? commandLine : commandLine.subList(0, 1)),
                String.join(" ", commandLine),
                user));
    }

    /** Arguments as the kernel keeps them; {@link ProcessHandle.Info#arguments} gives none beyond a page. Empty for one that has ended. */
    private static List<String> commandLine(long pid) {
        try {
            byte[] bytes = Files.readAllBytes(PROC.resolve(pid + "/cmdline"));
            List<String> arguments =
                    new ArrayList<>(List.of(new String(bytes, StandardCharsets.UTF_8).split("\0", -1)));
            arguments.removeLast();
            return arguments;
        } catch (IOException e) {
            return List.of();
        }
    }
}
