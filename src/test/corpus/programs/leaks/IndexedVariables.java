package corpus.indexedvariables;

import corpus.Load;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/*
 * Fast thread locals: each variable has a slot in its thread's array. Variables are made for every connection and slots never used again.
 *
 * kind: leak
 * verdicts: RetentionLeak
 * culprits: corpus.indexedvariables.ConnectionState
 * signal: HeapAfterGC
 * run: plain rate=250 size=600 around=fleet
 * run: parallel17 jdk=17 gc=Parallel rate=250 size=1400 heap=80m hist=all/10
 */
public final class IndexedVariables {
    public static void main(String[] args) {
        Load load = new Load(args);
        Slots slots = new Slots();
        load.serve(n -> {
            Slots.Variable variable = new Slots.Variable();
            slots.set(variable, new ConnectionState("10.0.0." + n % 250, load.payload()));
        });
    }
}

final class Slots {
    private static final AtomicInteger NEXT = new AtomicInteger();
    private Object[] values = new Object[32];

    static final class Variable {
        final int slot = NEXT.getAndIncrement();
    }

    void set(Variable variable, Object value) {
        if (variable.slot >= values.length) {
            values = Arrays.copyOf(values, Integer.highestOneBit(variable.slot) * 2);
        }
        values[variable.slot] = value;
    }
}

record ConnectionState(String peer, byte[] buffer) {}
