package io.heapwarden.probe;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names the commands that are run in containers, for people: never their text, and of their words only those that say what is asked. */
public final class CommandNames {

    private static final int TEXT = 2;
    private static final int FIRST_ARGUMENT = 5;
    private static final int ATTACH_COMMAND = FIRST_ARGUMENT + 6;
    private static final int FILE_COMMAND = FIRST_ARGUMENT + 2;
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private CommandNames() {}

    /** Such as {@code counters}, {@code attach class-histogram}, {@code file read} or {@code heapwarden-probe counters}. */
    public static String of(List<String> command) {
        for (ProbeScript script : ProbeScript.values()) {
            if (command.size() > FIRST_ARGUMENT - 1 && script.isTextOf(command.get(TEXT))) {
                return ofScript(script, command);
            }
        }
        if (command.isEmpty()) {
            return "nothing";
        }
        String program = command.getFirst().substring(command.getFirst().lastIndexOf('/') + 1);
        // Options and their values come between; what the JVM is asked comes last.
        String asked = command.size() > 1 && command.get(1).equals("ask")
                ? " ask " + plain(command.getLast())
                : word(command, 1);
        return plain(program) + asked;
    }

    private static String ofScript(ProbeScript script, List<String> command) {
        String name = script.name().toLowerCase(Locale.ROOT);
        return switch (script) {
            case Attach ->
                name
                        + word(command, ATTACH_COMMAND)
                        + (command.size() > ATTACH_COMMAND
                                        && command.get(ATTACH_COMMAND).equals("jfr")
                                ? word(command, ATTACH_COMMAND + 1)
                                : "");
            case File -> name + word(command, FILE_COMMAND);
            case Counters, Security -> name;
        };
    }

    private static String word(List<String> command, int index) {
        return index < command.size() ? " " + plain(command.get(index)) : "";
    }

    private static String plain(String word) {
        return WORD.matcher(word).matches() ? word : "?";
    }
}
