package io.heapwarden.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A diagnostic command that takes words: one of the flight recorder's, or a heap dump. Words have a strict form, which attach.sh looks at once more before
 * it runs anything; what does not have it cannot be made. The JVM is told to write into files only that are known as Heapwarden's by their name.
 */
public sealed interface WordedCommand {

    /** As attach.sh knows it. */
    String argument();

    /** What comes after. */
    List<String> words();

    /** As the JVM knows it. */
    String inWords();

    /**
     * A command of the flight recorder.
     *
     * @param words the command and its options, such as {@code JFR.check}
     */
    record Recorder(List<String> words) implements WordedCommand {

        private static final int MOST_WORDS = 20;
        private static final int LONGEST_WORD = 300;
        private static final String CHECK = "JFR.check";
        private static final String STOP = "JFR.stop";

        /** These write into the JVM's working directory where no file is named. */
        private static final Set<String> NEEDS_FILE = Set.of("JFR.start", "JFR.dump");

        private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._#=+:/-]{1," + LONGEST_WORD + "}");
        private static final String FILE = "filename=";
        private static final String NO_FILE = "filename=/dev/null";
        private static final String SETTINGS = "settings=";

        /** @throws IllegalArgumentException when it is not of the form; the message says which word */
        public Recorder {
            words = List.copyOf(words);
            String command = words.isEmpty() ? "" : words.getFirst();
            if (!command.equals(CHECK) && !command.equals(STOP) && !NEEDS_FILE.contains(command)) {
                throw new IllegalArgumentException(
                        "the flight recorder is told JFR.start, JFR.check, JFR.stop and JFR.dump only, not "
                                + Frame.shortened(command));
            }
            if (words.size() > MOST_WORDS) {
                throw new IllegalArgumentException(command + " has more than " + MOST_WORDS + " words");
            }
            words.forEach(Recorder::check);
            if (NEEDS_FILE.contains(command) && words.stream().noneMatch(word -> word.startsWith(FILE))) {
                throw new IllegalArgumentException(
                        command + " names no file, so that the JVM would write into its working directory");
            }
        }

        /**
         * A command as it is typed.
         *
         * @param command words with a blank between each two
         */
        public static Recorder of(String command) {
            return new Recorder(List.of(command.split(" ", -1)));
        }

        private static void check(String word) {
            boolean ours =
                    !word.startsWith(FILE) || word.equals(NO_FILE) || ContainerFile.fits(word.substring(FILE.length()));
            boolean safe = !word.startsWith(SETTINGS) || word.equals(SETTINGS + "none");
            // A search for roots without an end, see docs/reference-chains.md.
            boolean bounded = !word.startsWith("path-to-gc-roots=");
            if (!WORD.matcher(word).matches() || !ours || !safe || !bounded) {
                throw new IllegalArgumentException("the flight recorder is not told " + Frame.shortened(word));
            }
        }

        @Override
        public String argument() {
            return "jfr";
        }

        @Override
        public String inWords() {
            return String.join(" ", words);
        }
    }

    /**
     * A heap dump.
     *
     * @param live whether a full collection comes first, so that only reachable objects are in it
     * @param file where the JVM writes it; it refuses to write over another
     */
    record HeapDump(boolean live, ContainerFile file) implements WordedCommand {

        /** @throws IllegalArgumentException when the file is not named as a heap dump is */
        public HeapDump {
            if (!file.isHeapDump()) {
                throw new IllegalArgumentException(
                        "a heap dump is written to a file named heapwarden-NUMBER.hprof, not " + file.path());
            }
        }

        @Override
        public String argument() {
            return "heap-dump";
        }

        @Override
        public List<String> words() {
            List<String> words = new ArrayList<>();
            if (!live) {
                words.add("-all");
            }
            words.add(file.path());
            return List.copyOf(words);
        }

        @Override
        public String inWords() {
            return "GC.heap_dump " + String.join(" ", words());
        }
    }
}
