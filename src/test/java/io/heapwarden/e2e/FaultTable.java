package io.heapwarden.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What {@code make e2e-faults} prints at its end: one line for each fault, in target/faults/table.tsv. */
final class FaultTable {

    private static final Path FILE = Path.of("target", "faults", "table.tsv");

    private FaultTable() {}

    /** How often each fault is provoked: REPEAT, 3 by default. */
    static int repetitions() {
        return Integer.parseInt(System.getenv().getOrDefault("REPEAT", "3"));
    }

    /**
     * Adds a line.
     *
     * @param acts restarts that the API server carried out
     * @param wrong those among them that should not have been: twice for one cause, the wrong pod, too early
     * @param lost intents without an outcome
     */
    static void add(String fault, int repetitions, long acts, long wrong, long lost) {
        write("%s\t%d\t%d\t%d\t%d%n".formatted(fault, repetitions, acts, wrong, lost));
    }

    /** Adds a line of a fault of which intents are not followed up. */
    static void addWithoutIntents(String fault, int repetitions, long acts, long wrong) {
        write("%s\t%d\t%d\t%d\tnot counted%n".formatted(fault, repetitions, acts, wrong));
    }

    private static void write(String line) {
        try {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
