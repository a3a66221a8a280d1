package io.heapwarden.probe;

import io.heapwarden.jvm.MalformedOutputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files of the control group that a process of this machine is in; what counters.sh sends from a container. */
final class ControlGroup {

    private static final Path MOUNTS = Path.of("/sys/fs/cgroup");
    private static final List<String> ONE_NUMBER = List.of(
            "memory.limit_in_bytes",
            "memory.usage_in_bytes",
            "memory.failcnt",
            "memory.max",
            "memory.current",
            "memory.high");
    private static final List<String> PAIRS =
            List.of("memory.stat", "memory.oom_control", "memory.events", "memory.pressure");

    private ControlGroup() {}

    /**
     * Whether the group holds this process and nothing but what it was started by, such as a shell. The memory of a group that is shared says
     * nothing about one of its processes.
     */
    static boolean isOwn(Path process, int pid) throws IOException {
        Place place = place(process);
        if (place.memory == null) {
            return false;
        }
        List<String> members = ProcFiles.textOrEmpty(place.memory.resolve("cgroup.procs"))
                .lines()
                .toList();
        return members.contains(String.valueOf(pid)) && ancestors(process).containsAll(members);
    }

    private static List<String> ancestors(Path process) throws IOException {
        List<String> line = new ArrayList<>();
        String pid = String.valueOf(process.getFileName());
        while (!pid.equals("0") && !line.contains(pid)) {
            line.add(pid);
            String stat = ProcFiles.textOrEmpty(process.resolveSibling(pid).resolve("stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
            pid = fields.length > 1 ? fields[1] : "0";
        }
        return line;
    }

    static CgroupMemory memory(Path process) throws IOException, MalformedOutputException {
        Place place = place(process);
        Map<String, String> files = new HashMap<>();
        files.put("version", place.version);
        if (place.memory != null) {
            for (String name : ONE_NUMBER) {
                add(files, name, place.memory.resolve(name));
            }
            for (String name : PAIRS) {
                ProcFiles.textOrEmpty(place.memory.resolve(name)).lines().forEach(line -> {
                    int blank = line.indexOf(' ');
                    if (blank > 0) {
                        files.putIfAbsent(
                                line.substring(0, blank),
                                line.substring(blank + 1).strip());
                    }
                });
            }
        }
        if (place.pids != null) {
            add(files, "pids.max", place.pids.resolve("pids.max"));
        }
        return CgroupMemory.parse(files);
    }

    private static void add(Map<String, String> files, String name, Path file) {
        String number = ProcFiles.textOrEmpty(file).strip();
        if (!number.isEmpty()) {
            files.put(name, number);
        }
    }

    /** Where the group's files are, and of which version of control groups. */
    private record Place(String version, @Nullable Path memory, @Nullable Path pids) {}

    private static Place place(Path process) throws IOException {
        String unified = "";
        Path memory = null;
        Path pids = null;
        for (String line : ProcFiles.text(process.resolve("cgroup")).lines().toList()) {
            String[] parts = line.split(":", 3);
            if (parts.length < 3) {
                continue;
            }
            List<String> controllers = List.of(parts[1].split(","));
            if (controllers.contains("memory")) {
                memory = existing(MOUNTS.resolve("memory"), parts[2], "memory.limit_in_bytes");
            }
            if (controllers.contains("pids")) {
                pids = existing(MOUNTS.resolve("pids"), parts[2], "pids.max");
            }
            if (parts[0].equals("0")) {
                unified = parts[2];
            }
        }
        if (memory != null) {
            return new Place("1", memory, pids);
        }
        Path group = existing(MOUNTS, unified, "memory.current");
        return new Place(group == null ? "0" : "2", group, group);
    }

    private static @Nullable Path existing(Path mount, String group, String file) {
        Path directory =
                mount.resolve(group.substring(group.startsWith("/") ? 1 : 0)).normalize();
        return directory.startsWith(mount) && Files.isReadable(directory.resolve(file)) ? directory : null;
    }
}
