package io.heapwarden.operator;

import io.heapwarden.probe.CommandNames;
import io.heapwarden.probe.CommandRunner;
import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.probe.StreamRunner;
import io.heapwarden.probe.Target;
import io.heapwarden.telemetry.AuditAct;
import io.heapwarden.telemetry.AuditEntry;
import io.heapwarden.telemetry.AuditLog;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * Has the audit log say what probes do in pods.
 *
 * @param policies name of the policy that a container's pod is followed for; empty when it is not followed any more
 */
record ProbeAudit(AuditLog log, Clock clock, Function<Target, String> policies) {

    /** The same way into containers, audited. */
    CommandRunner audited(CommandRunner runner) {
        return new CommandRunner() {
            @Override
            public ProbeResult<CommandOutput> run(Target target, List<String> command, Duration timeout, int cap) {
                Instant began = clock.instant();
                String outcome = "Failed";
                try {
                    ProbeResult<CommandOutput> result = runner.run(target, command, timeout, cap);
                    outcome = outcome(result, "Ran");
                    return result;
                } finally {
                    record(AuditAct.Exec, target, CommandNames.of(command), outcome, began);
                }
            }

            @Override
            public String name() {
                return runner.name();
            }
        };
    }

    /** The same streams, audited twice: when one is opened, as the operator may not live to its end, and when it is closed. */
    StreamRunner audited(StreamRunner streams) {
        return (target, command, limit) -> {
            Instant began = clock.instant();
            String name = CommandNames.of(command);
            ProbeResult<InputStream> opened = streams.open(target, command, limit);
            record(AuditAct.StreamExec, target, name, outcome(opened, "Opened"), began);
            return opened instanceof Success<InputStream>(InputStream stream)
                    ? new Success<>(new AuditedStream(stream, target, name, began))
                    : opened;
        };
    }

    /** A debug container was asked for. */
    void added(Target target, String outcome, Duration took) {
        record(
                AuditAct.EphemeralContainer,
                target,
                "to reach a JVM that exec cannot",
                outcome,
                clock.instant().minus(took));
    }

    private void record(AuditAct act, Target target, String reason, String outcome, Instant began) {
        log.record(new AuditEntry(
                began,
                act,
                target.namespace(),
                target.pod(),
                target.podUid(),
                target.container(),
                policies.apply(target),
                reason,
                outcome,
                Duration.between(began, clock.instant())));
    }

    private static String outcome(ProbeResult<?> result, String success) {
        return switch (result) {
            case Success<?> done -> success;
            case Refusal<?> refused -> refused.reason().name();
            case Failure<?> failed -> failed.reason().name();
        };
    }

    /** Says once how much came, when it is closed. */
    private final class AuditedStream extends FilterInputStream {
        private final Target target;
        private final String name;
        private final Instant began;
        private long bytes;
        private boolean closed;

        AuditedStream(InputStream stream, Target target, String name, Instant began) {
            super(stream);
            this.target = target;
            this.name = name;
            this.began = began;
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            bytes += one < 0 ? 0 : 1;
            return one;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int some = super.read(into, offset, length);
            bytes += Math.max(0, some);
            return some;
        }

        @Override
        public void close() throws IOException {
            try {
                super.close();
            } finally {
                if (!closed) {
                    closed = true;
                    record(AuditAct.StreamExec, target, name, "Closed after " + bytes + " bytes", began);
                }
            }
        }
    }
}
