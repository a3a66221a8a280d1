package io.heapwarden.security.jvm;

import io.heapwarden.jvm.MalformedOutputException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Processes, as /proc/PID/status says of them one after another; each begins with its name. Of two with one id the first counts. */
final class ProcessTable {

    private static final int MOST = 200;
    private static final int LONGEST_NAME = 64;
    private static final int HEXADECIMAL = 16;

    /**
     * One process. Null is what the kernel did not say.
     *
     * @param uid effective user id
     * @param capabilities bits of the effective ones
     */
    record Row(
            int pid,
            int parent,
            String name,
            @Nullable Integer uid,
            @Nullable Long capabilities,
            @Nullable Boolean noNewPrivileges,
            @Nullable Integer seccomp) {}

    private final Map<Integer, Row> rows = new LinkedHashMap<>();

    private ProcessTable() {}

    /** Reads lines that are fields of a process, and passes over the others. */
    static ProcessTable parse(List<String> lines) throws MalformedOutputException {
        ProcessTable table = new ProcessTable();
        Map<String, String> fields = new HashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon <= 0 || line.startsWith("/") || line.indexOf(' ') >= 0 && line.indexOf(' ') < colon) {
                continue;
            }
            String field = line.substring(0, colon);
            if (field.equals("Name")) {
                table.add(fields);
                fields.clear();
            }
            fields.putIfAbsent(field, line.substring(colon + 1).strip());
        }
        table.add(fields);
        return table;
    }

    private void add(Map<String, String> fields) throws MalformedOutputException {
        String pid = fields.get("Pid");
        if (pid == null || rows.size() >= MOST) {
            return;
        }
        int id = (int) Words.number("process id", pid, Integer.MAX_VALUE);
        String name = fields.getOrDefault("Name", "");
        String seccomp = fields.get("Seccomp");
        String noNewPrivileges = fields.get("NoNewPrivs");
        rows.putIfAbsent(
                id,
                new Row(
                        id,
                        (int) Words.number("parent of a process", fields.getOrDefault("PPid", ""), Integer.MAX_VALUE),
                        name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME),
                        effective(fields.get("Uid")),
                        mask(fields.get("CapEff")),
                        noNewPrivileges == null ? null : Boolean.valueOf(noNewPrivileges.equals("1")),
                        seccomp == null ? null : Integer.valueOf((int) Words.number("mode of seccomp", seccomp, 100))));
    }

    /** Real, effective, saved and file system id: the second one. */
    private static @Nullable Integer effective(@Nullable String ids) throws MalformedOutputException {
        if (ids == null) {
            return null;
        }
        String[] words = ids.split("\\s+");
        // Ids of other user namespaces may be as large as 2^32 - 2; as an int they still tell one from another.
        return (int) Words.number("user of a process", words.length > 1 ? words[1] : "", 0xFFFF_FFFFL);
    }

    private static @Nullable Long mask(@Nullable String hexadecimal) throws MalformedOutputException {
        if (hexadecimal == null) {
            return null;
        }
        try {
            return Long.parseUnsignedLong(hexadecimal, HEXADECIMAL);
        } catch (NumberFormatException e) {
            throw new MalformedOutputException("the security script says no mask for the capabilities of a process");
        }
    }

    @Nullable
    Row row(int pid) {
        return rows.get(pid);
    }

    Collection<Row> rows() {
        return rows.values();
    }

    /** Whether a process is this one or was started by it, or by one that was. */
    boolean isBelow(int pid, int above) {
        int at = pid;
        // A table may hold a circle, as processes come and go while it is read.
        for (int step = 0; step <= MOST; step++) {
            if (at == above) {
                return true;
            }
            Row row = rows.get(at);
            if (row == null) {
                return false;
            }
            at = row.parent();
        }
        return false;
    }
}
