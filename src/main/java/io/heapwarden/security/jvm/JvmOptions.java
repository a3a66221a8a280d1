package io.heapwarden.security.jvm;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a JVM was started with, by its command line and by the variables that JVMs read. Values are known only where they cannot be secrets.
 *
 * @param all in the order in which they were seen
 * @param whole whether all of them were seen: not when the command line could not be taken apart, or names a file with more
 */
public record JvmOptions(List<Option> all, boolean whole) {

    private static final String DEBUGGER = "jdwp";

    /**
     * One option.
     *
     * @param source {@code command}, or the name of the variable
     * @param text the option, without a value that could be a secret
     */
    public record Option(String source, String text) {

        /** Whether it is of the command line, which every process of the container can read. */
        public boolean ofCommandLine() {
            return source.equals("command");
        }
    }

    /** Whether a system property is set, to whatever. */
    boolean has(String property) {
        String word = "-D" + property;
        return texts().anyMatch(text -> text.equals(word) || text.startsWith(word + "="));
    }

    /** Whether any system property that begins so is set. */
    boolean hasAny(String prefix) {
        return texts().anyMatch(text -> text.startsWith("-D" + prefix));
    }

    /** Value of a system property, the last one if there are several; null when it is not set, or its value not known. */
    @Nullable
    String value(String property) {
        String word = "-D" + property + "=";
        return texts().filter(text -> text.startsWith(word))
                .map(text -> text.substring(word.length()))
                .reduce((first, second) -> second)
                .orElse(null);
    }

    /** Whether a system property is set to false. */
    boolean isFalse(String property) {
        return "false".equalsIgnoreCase(value(property));
    }

    /** Whether a switch of HotSpot is on; null when it is not given. */
    @Nullable
    Boolean flag(String name) {
        return texts().filter(text -> text.equals("-XX:+" + name) || text.equals("-XX:-" + name))
                .map(text -> text.charAt("-XX:".length()) == '+')
                .reduce((first, second) -> second)
                .orElse(null);
    }

    /** Agents, the debugger left out: of each the library's name or the file's path. */
    Stream<String> agents() {
        return texts().filter(text -> text.startsWith("-javaagent:")
                        || text.startsWith("-agentlib:")
                        || text.startsWith("-agentpath:"))
                .map(text -> text.substring(text.indexOf(':') + 1));
    }

    /** Whether a Java agent is loaded at start. */
    boolean hasJavaAgent() {
        return texts().anyMatch(text -> text.startsWith("-javaagent:"));
    }

    /** Options of the debugger's agent, each as key=value; null when the debugger is not loaded at start. */
    @Nullable
    List<String> debugger() {
        return texts().filter(text -> text.equals(DEBUGGER) || text.startsWith(DEBUGGER + ","))
                .map(text -> List.of(text.split(",", -1)))
                .reduce((first, second) -> second)
                .orElse(null);
    }

    /** Options that have a value which was kept back. */
    Stream<Option> withHiddenValue() {
        return all.stream()
                .filter(option -> option.text().startsWith("-")
                        && option.text().indexOf('=') < 0
                        && !option.text().toLowerCase(Locale.ROOT).matches("-(javaagent|agentlib|agentpath|xx):.*"));
    }

    private Stream<String> texts() {
        return all.stream().map(Option::text);
    }
}
