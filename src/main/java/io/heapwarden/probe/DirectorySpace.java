package io.heapwarden.probe;

import io.heapwarden.jvm.MalformedOutputException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A directory of a container as a place for a file: from df -kP or statfs, and the line of /proc/self/mountinfo (proc_pid_mountinfo(5)) that it is on. Sizes are
 * in bytes.
 *
 * @param kind what it is on
 * @param writable whether commands in the container may write there
 * @param capacity of its file system
 * @param free of it, for ordinary users
 * @param used what is in the directory's emptyDir; null when it is none, or that was not known soon
 */
public record DirectorySpace(Kind kind, boolean writable, long capacity, long free, @Nullable Long used) {

    /** What a directory is on. */
    public enum Kind {
        /** The container's own layer, which is on the node's disk. */
        ContainerLayer,
        /** An emptyDir on the node's disk. */
        EmptyDir,
        /** An emptyDir of medium Memory, or another file system in memory: what is in it counts as the container's memory. */
        Memory,
        /** Another volume. */
        Volume
    }

    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs", "hugetlbfs");
    private static final String EMPTY_DIR = "/kubernetes.io~empty-dir/";
    private static final int ROOT = 3;

    /** Fields of any number begin here and end with a hyphen, after which comes the file system's type. */
    private static final int OPTIONAL = 6;

    private static final int KIBIBYTE = 1024;

    /** @param about mount, df or statfs, used and writable as file.sh says them */
    static DirectorySpace parse(Map<String, String> about) throws MalformedOutputException {
        long capacity;
        long free;
        if (about.containsKey("df")) {
            // The file system's name may have blanks; its mount point is the directory's, which has none.
            List<String> fields = fields(about.get("df"));
            capacity = number(fields, fields.size() - 5, KIBIBYTE);
            free = number(fields, fields.size() - 3, KIBIBYTE);
        } else if (about.containsKey("statfs")) {
            List<String> fields = fields(about.get("statfs"));
            long block = number(fields, 0, 1);
            capacity = number(fields, 1, block);
            free = number(fields, 2, block);
        } else {
            throw new MalformedOutputException(
                    "the image has neither df nor stat to say what is free. Base it on an image that has one");
        }
        String used = about.get("used");
        return new DirectorySpace(
                kind(fields(about.get("mount"))),
                "yes".equals(about.get("writable")),
                capacity,
                free,
                used == null ? null : Long.valueOf(number(List.of(used), 0, KIBIBYTE)));
    }

    private static Kind kind(List<String> mount) throws MalformedOutputException {
        int optional = Math.min(OPTIONAL, mount.size());
        int separator = optional + mount.subList(optional, mount.size()).indexOf("-");
        if (separator < OPTIONAL || separator + 1 >= mount.size()) {
            throw new MalformedOutputException("file.sh names no mount that the directory is on");
        }
        String type = mount.get(separator + 1);
        if (IN_MEMORY.contains(type)) {
            return Kind.Memory;
        }
        if (mount.get(ROOT).contains(EMPTY_DIR)) {
            return Kind.EmptyDir;
        }
        // The root of the container is its layer, whatever the driver for it is.
        return mount.get(ROOT + 1).equals("/") ? Kind.ContainerLayer : Kind.Volume;
    }

    private static List<String> fields(@Nullable String line) {
        return line == null ? List.of() : Arrays.asList(line.strip().split("\\s+"));
    }

    private static long number(List<String> fields, int at, long unit) throws MalformedOutputException {
        try {
            return Math.multiplyExact(Long.parseUnsignedLong(fields.get(at)), unit);
        } catch (NumberFormatException | ArithmeticException | IndexOutOfBoundsException e) {
            throw new MalformedOutputException("file.sh says no size in " + Frame.shortened(String.join(" ", fields)));
        }
    }
}
