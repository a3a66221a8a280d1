package io.heapwarden.probe;

import io.heapwarden.jvm.ContainerEvents;
import io.heapwarden.jvm.MalformedOutputException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Memory and process limits of a container, from the files of its control group: memory.limit_in_bytes, memory.usage_in_bytes and memory.stat
 * of version 1 (kernel documentation admin-guide/cgroup-v1/memory), memory.max, memory.current, memory.stat and memory.events of version 2
 * (admin-guide/cgroup-v2). Sizes are in bytes; what is not there is null.
 *
 * @param limit the memory limit; null when there is none
 * @param ceiling the lowest of this limit and those of the groups it is in, such as its pod's; null when there is none or it is not said
 * @param usage memory charged, page cache included
 * @param workingSet memory charged less inactive page cache, as the kubelet counts it
 * @param anon anonymous memory
 * @param reclaimable page cache that the kernel takes back before it kills: the file pages of its active and inactive list
 * @param oomKills processes of the container killed for want of memory
 * @param maxThreads limit of processes and threads; null when there is none
 * @param events what happened to the container's memory
 */
public record CgroupMemory(
        @Nullable Long limit,
        @Nullable Long ceiling,
        @Nullable Long usage,
        @Nullable Long workingSet,
        @Nullable Long anon,
        long reclaimable,
        @Nullable Long oomKills,
        @Nullable Long maxThreads,
        ContainerEvents events) {

    /** Version 1 says "no limit" as the largest number of whole pages, which depends on the page size; nobody has an exbibyte. */
    private static final long NO_LIMIT = 1L << 60;

    /** Of a process that shares its group with others, so that only its own anonymous memory is known. */
    static CgroupMemory ofProcess(@Nullable Long anon) {
        return new CgroupMemory(null, null, null, null, anon, 0, null, null, ContainerEvents.UNKNOWN);
    }

    /** @param files version, then each one-number file by its name, and the lines of memory.stat and of memory.oom_control, memory.events, memory.pressure */
    static CgroupMemory parse(Map<String, String> files) throws MalformedOutputException {
        Long maxThreads = limit(files, "pids.max");
        String version = files.getOrDefault("version", "");
        return switch (version) {
            case "1" ->
                new CgroupMemory(
                        limit(files, "memory.limit_in_bytes"),
                        smaller(limit(files, "memory.limit_in_bytes"), limit(files, "hierarchical_memory_limit")),
                        number(files, "memory.usage_in_bytes"),
                        less(number(files, "memory.usage_in_bytes"), number(files, "total_inactive_file")),
                        number(files, "total_rss"),
                        orZero(number(files, "total_inactive_file")) + orZero(number(files, "total_active_file")),
                        number(files, "oom_kill"),
                        maxThreads,
                        ContainerEvents.parse(files));
            case "2" ->
                new CgroupMemory(
                        limit(files, "memory.max"),
                        limit(files, "memory.max"),
                        number(files, "memory.current"),
                        less(number(files, "memory.current"), number(files, "inactive_file")),
                        number(files, "anon"),
                        orZero(number(files, "inactive_file")) + orZero(number(files, "active_file")),
                        number(files, "oom_kill"),
                        maxThreads,
                        ContainerEvents.parse(files));
            case "0" -> new CgroupMemory(null, null, null, null, null, 0, null, maxThreads, ContainerEvents.UNKNOWN);
            default -> throw new MalformedOutputException("unknown control group version " + Frame.shortened(version));
        };
    }

    /** Memory the container can still take before something in it is killed; null when nothing limits it. */
    public @Nullable Long free() {
        return ceiling == null || usage == null ? null : Long.valueOf(ceiling - usage + Math.min(reclaimable, usage));
    }

    private static @Nullable Long limit(Map<String, String> files, String name) throws MalformedOutputException {
        if ("max".equals(files.get(name))) {
            return null;
        }
        Long number = number(files, name);
        return number == null || number >= NO_LIMIT ? null : number;
    }

    private static @Nullable Long number(Map<String, String> files, String name) throws MalformedOutputException {
        String digits = files.get(name);
        if (digits == null) {
            return null;
        }
        try {
            long number = Long.parseLong(digits);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, together with negative numbers.
        }
        throw new MalformedOutputException(name + " of the control group is no size: " + Frame.shortened(digits));
    }

    private static @Nullable Long less(@Nullable Long usage, @Nullable Long inactive) {
        return usage == null || inactive == null ? null : Long.valueOf(Math.max(0, usage - inactive));
    }

    private static long orZero(@Nullable Long number) {
        return number == null ? 0 : number;
    }

    private static @Nullable Long smaller(@Nullable Long a, @Nullable Long b) {
        return a == null ? b : b == null ? a : Long.valueOf(Math.min(a, b));
    }
}
