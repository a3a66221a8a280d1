package io.heapwarden.probe;

import io.heapwarden.jvm.ClassHistogram;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.probe.Route.PassedOver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the way to each JVM: the first channel of a policy's order that answers, and then the same for the container's whole life, as two
 * sources never say quite the same. A better one is looked for while the container is young, when nothing is lost by a change, and
 * another when the one in use does not answer any more. Class histograms go their own way: not every channel that reads counters can take them.
 * Safe for use by many threads.
 */
public final class ChannelLadder {

    /** An application serves its metrics some time after it starts. */
    static final Duration YOUTH = Duration.ofMinutes(10);

    /** Failures in a row after which another channel is tried. */
    static final int PATIENCE = 3;

    /** What says something of the container, so that no other channel would find more. */
    private static final Set<RefusalReason> DEFINITE = EnumSet.of(
            RefusalReason.NoJvm,
            RefusalReason.NativeImage,
            RefusalReason.OpenJ9,
            RefusalReason.NotRunning,
            RefusalReason.BackingOff);

    /** What says that this channel cannot take a histogram, while another might. */
    private static final Set<RefusalReason> OF_THE_WAY = EnumSet.of(
            RefusalReason.NoShell,
            RefusalReason.NoDiagnosticTool,
            RefusalReason.NotEnoughHeadroom,
            RefusalReason.OtherUser,
            RefusalReason.ExecForbidden,
            RefusalReason.ChannelOff);

    private final Map<ChannelKind, JvmProbe> channels;
    private final Clock clock;
    private final Remembered<Standing> standings = new Remembered<>();

    /** Where a container stands: the route in use, failures in a row, and when it was first asked. */
    private record Standing(Route route, int failures, Instant since) {}

    /**
     * @param channels those that this installation has
     * @param clock tells the time
     */
    public ChannelLadder(Map<ChannelKind, JvmProbe> channels, Clock clock) {
        this.channels = Map.copyOf(channels);
        this.clock = clock;
    }

    /** The ladder of those who allow these channels, the preferred first. */
    public JvmProbe inOrder(List<ChannelKind> allowed) {
        return new Climb(List.copyOf(allowed));
    }

    /** One policy's way up and down. */
    private final class Climb implements JvmProbe {

        private final List<ChannelKind> allowed;

        Climb(List<ChannelKind> allowed) {
            this.allowed = allowed;
        }

        @Override
        public ProbeResult<JvmReading> counters(Target target) {
            Standing standing = standings.get(target.containerId());
            if (standing == null || !goesOn(standing)) {
                return climb(target, standing == null ? clock.instant() : standing.since());
            }
            ProbeResult<JvmReading> answer = channel(standing.route().kind()).counters(target);
            if (answer instanceof Success<JvmReading>(JvmReading reading)) {
                standings.put(target.containerId(), new Standing(standing.route(), 0, standing.since()));
                return new Success<>(told(reading, standing.route()));
            }
            int failures = standing.failures() + 1;
            if (failures < PATIENCE) {
                standings.put(target.containerId(), new Standing(standing.route(), failures, standing.since()));
                return answer;
            }
            return climb(target, standing.since());
        }

        /** That one channel cannot take histograms is not worth telling where another can be tried. */
        private JvmReading told(JvmReading reading, Route route) {
            boolean another = allowed.stream()
                    .anyMatch(kind -> kind != route.kind() && kind.asksJvm() && channels.containsKey(kind));
            boolean ofTheWay = reading.histogramRefusal() != null
                    && OF_THE_WAY.contains(reading.histogramRefusal().reason());
            return reading.by(route, another && ofTheWay ? null : reading.histogramRefusal());
        }

        private boolean goesOn(Standing standing) {
            boolean best = standing.route().kind() == allowed.getFirst();
            boolean young = clock.instant().isBefore(standing.since().plus(YOUTH));
            return allowed.contains(standing.route().kind()) && (best || !young);
        }

        private ProbeResult<JvmReading> climb(Target target, Instant since) {
            List<PassedOver> passedOver = new ArrayList<>();
            ProbeResult<JvmReading> lowest = none();
            for (ChannelKind kind : allowed) {
                ProbeResult<JvmReading> answer = channel(kind).counters(target);
                if (answer instanceof Success<JvmReading>(JvmReading reading)) {
                    Route route = new Route(kind, passedOver);
                    standings.put(target.containerId(), new Standing(route, 0, since));
                    return new Success<>(told(reading, route));
                }
                passedOver.add(passedOver(kind, answer));
                lowest = isOff(answer) && passedOver.size() > 1 ? lowest : answer;
                if (answer instanceof Refusal<JvmReading>(RefusalReason reason, String detail)
                        && DEFINITE.contains(reason)) {
                    break;
                }
            }
            return lowest;
        }

        @Override
        public ProbeResult<ClassHistogram> histogram(Target target, JvmReading last, boolean live, Duration maxPause) {
            Refusal<ClassHistogram> first = null;
            for (ChannelKind kind : allowed) {
                if (!kind.asksJvm()) {
                    continue;
                }
                ProbeResult<ClassHistogram> answer = channel(kind).histogram(target, last, live, maxPause);
                if (!(answer instanceof Refusal<ClassHistogram> refusal) || !OF_THE_WAY.contains(refusal.reason())) {
                    return answer;
                }
                first = first == null ? refusal : first;
            }
            return first == null ? noneAsks() : first;
        }
    }

    private JvmProbe channel(ChannelKind kind) {
        JvmProbe channel = channels.get(kind);
        return channel == null ? new Off(kind) : channel;
    }

    private static boolean isOff(ProbeResult<?> answer) {
        return answer instanceof Refusal<?> refusal && refusal.reason() == RefusalReason.ChannelOff;
    }

    private static PassedOver passedOver(ChannelKind kind, ProbeResult<JvmReading> answer) {
        return switch (answer) {
            case Refusal<JvmReading> r -> new PassedOver(kind, r.reason().name(), r.detail());
            case Failure<JvmReading> f -> new PassedOver(kind, f.reason().name(), f.detail());
            case Success<JvmReading> s -> throw new IllegalArgumentException("an answer is not passed over");
        };
    }

    private static <T> Refusal<T> none() {
        return new Refusal<>(RefusalReason.ChannelOff, "no channel is allowed");
    }

    private static Refusal<ClassHistogram> noneAsks() {
        return new Refusal<>(
                RefusalReason.ChannelOff,
                "none of the allowed channels can take class histograms. Add Exec or EphemeralContainer to spec.sampling.channels");
    }

    /** A channel that this installation does not have. */
    private record Off(ChannelKind kind) implements JvmProbe {

        @Override
        public ProbeResult<JvmReading> counters(Target target) {
            return off();
        }

        @Override
        public ProbeResult<ClassHistogram> histogram(
                Target target, @Nullable JvmReading last, boolean live, Duration maxPause) {
            return off();
        }

        private <T> Refusal<T> off() {
            return new Refusal<>(
                    RefusalReason.ChannelOff,
                    "this installation has no channel " + kind + ", which needs " + kind.needs()
                            + "; docs/channels.md says how to turn it on");
        }
    }
}
