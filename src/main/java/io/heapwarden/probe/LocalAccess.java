package io.heapwarden.probe;

import io.heapwarden.jvm.JvmCounters;
import io.heapwarden.jvm.MalformedOutputException;
import io.heapwarden.jvm.PerfData;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reaches a JVM of this machine by its files; what counters.sh does in a container, this does here. */
final class LocalAccess implements JvmAccess {

    /** More JVMs than one machine runs; the least recently asked are forgotten first. */
    private static final int MOST = 1000;

    private static final String DISABLED = "-XX:+DisableAttachMechanism";

    /** Where attach.sh would name a client. */
    private static final String OWN_CLIENT = "attach socket";

    private final AttachSocket attach;
    private final Map<Integer, LocalJvm> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, LocalJvm> eldest) {
            return size() > MOST;
        }
    };

    LocalAccess(ProbeLimits limits) {
        this.attach = new AttachSocket(limits.clientTimeout(), limits.attachCap());
    }

    @Override
    public String name() {
        return "local process";
    }

    @Override
    public ProbeResult<Inspection> inspect(Target target) {
        int pid = LocalProbe.pid(target);
        Path process = Path.of("/proc", String.valueOf(pid));
        try {
            ProcessStatus status = ProcFiles.status(process);
            if (status.rss() == null) {
                return ended(pid);
            }
            return switch (jvm(pid, process, status)) {
                case Refusal<LocalJvm> r -> new Refusal<>(r.reason(), r.detail());
                case Failure<LocalJvm> f -> new Failure<>(f.reason(), f.detail());
                case Success<LocalJvm>(LocalJvm jvm) -> new Success<>(inspection(pid, process, status, jvm));
            };
        } catch (MalformedOutputException e) {
            return new Failure<>(FailureReason.Garbled, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return Files.exists(process)
                    ? new Failure<>(FailureReason.Unavailable, "process " + pid + " cannot be read: " + e)
                    : ended(pid);
        }
    }

    private static <T> Refusal<T> ended(int pid) {
        return new Refusal<>(RefusalReason.NotRunning, "there is no process " + pid);
    }

    /** What never changes in one JVM's life costs a look at hundreds of mappings, so it is looked up once. */
    private ProbeResult<LocalJvm> jvm(int pid, Path process, ProcessStatus status) throws IOException {
        synchronized (known) {
            LocalJvm jvm = known.get(pid);
            if (jvm != null && jvm.startTicks() == status.startTicks()) {
                return new Success<>(jvm);
            }
        }
        ProbeResult<LocalJvm> found = LocalJvm.find(pid, process, status.startTicks());
        // A JVM maps its counters a moment after its library.
        if (found instanceof Success<LocalJvm>(LocalJvm jvm) && jvm.hsperfdata() != null) {
            synchronized (known) {
                known.put(pid, jvm);
            }
        }
        return found;
    }

    private static Inspection inspection(int pid, Path process, ProcessStatus status, LocalJvm jvm)
            throws IOException, MalformedOutputException {
        JvmCounters counters = counters(jvm.hsperfdata());
        return new Inspection(
                pid,
                1,
                false,
                Files.isWritable(jvm.tmp()),
                Files.exists(AttachSocket.socket(jvm)),
                counters == null && attachDisabled(process),
                OWN_CLIENT,
                null,
                status,
                jvm.ownGroup() ? ControlGroup.memory(process) : CgroupMemory.ofProcess(status.rssAnon()),
                counters);
    }

    private static @Nullable JvmCounters counters(@Nullable Path file) throws IOException, MalformedOutputException {
        return file == null ? null : JvmCounters.from(PerfData.parse(ProcFiles.read(file, PerfData.MAX_BYTES + 1)));
    }

    private static boolean attachDisabled(Path process) throws IOException {
        return ProcFiles.text(process.resolve("cmdline")).contains(DISABLED)
                || ProcFiles.text(process.resolve("environ")).contains(DISABLED);
    }

    @Override
    public ProbeResult<byte[]> send(Target target, Inspection jvm, Diagnostics.Command command) {
        LocalJvm found;
        synchronized (known) {
            found = known.get(jvm.pid());
        }
        if (found == null || found.startTicks() != jvm.process().startTicks()) {
            // One without counters.
            try {
                Path process = Path.of("/proc", String.valueOf(jvm.pid()));
                switch (LocalJvm.find(jvm.pid(), process, jvm.process().startTicks())) {
                    case Success<LocalJvm> s -> found = s.value();
                    case Refusal<LocalJvm> r -> {
                        return new Refusal<>(r.reason(), r.detail());
                    }
                    case Failure<LocalJvm> f -> {
                        return new Failure<>(f.reason(), f.detail());
                    }
                }
            } catch (IOException e) {
                return ended(jvm.pid());
            }
        }
        return attach.send(found, command);
    }
}
