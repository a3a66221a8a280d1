package corpus.unboundedtreemap;

import corpus.Load;
import java.util.TreeMap;

/*
 * Events are sorted by time for reports; the job that removes old ones was never written.
 *
 * kind: leak
 * verdicts: RetentionLeak
 * culprits: corpus.unboundedtreemap.Event, corpus.unboundedtreemap.EventTime
 * signal: HeapAfterGC
 * run: plain rate=400 size=150 around=bank
 * run: parallel17 jdk=17 gc=Parallel rate=500 size=300 heap=80m
 * run: garbage rate=350 size=300 garbage=120000 hist=all/6
 */
public final class UnboundedTreeMap {
    private static final TreeMap<EventTime, Event> EVENTS = new TreeMap<>();

    public static void main(String[] args) {
        Load load = new Load(args);
        load.serve(n -> EVENTS.put(new EventTime(n / 10, (int) (n % 10)), new Event(load.text(8), load.payload(), n)));
    }
}

record EventTime(long millis, int sequence) implements Comparable<EventTime> {
    @Override
    public int compareTo(EventTime other) {
        return millis == other.millis ? Integer.compare(sequence, other.sequence) : Long.compare(millis, other.millis);
    }
}

final class Event {
    final String kind;
    final byte[] details;
    final long source;

    Event(String kind, byte[] details, long source) {
        this.kind = kind;
        this.details = details;
        this.source = source;
    }
}
