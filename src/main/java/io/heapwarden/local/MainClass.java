package io.heapwarden.local;

import java.util.List;
import java.util.Set;

/** Tells from a command line which program a JVM runs, as the java launcher reads it (java(1)). */
final class MainClass {

    /** Options whose value is the next argument. */
    private static final Set<String> WITH_VALUE = Set.of(
            "-cp",
            "-classpath",
            "--class-path",
            "-p",
            "--module-path",
            "--upgrade-module-path",
            "--add-modules",
            "--add-reads",
            "--add-exports",
            "--add-opens",
            "--limit-modules",
            "--patch-module",
            "--enable-native-access",
            "--source");

    private MainClass() {}

    /** The main class, {@code app.jar} or {@code Program.java}; the name of the command itself when there is no telling. */
    static String of(List<String> commandLine) {
        for (int i = 1; i < commandLine.size(); i++) {
            String argument = commandLine.get(i);
            boolean hasNext = i + 1 < commandLine.size();
            if (argument.equals("-jar") && hasNext) {
                return fileName(commandLine.get(i + 1));
            }
            if ((argument.equals("-m") || argument.equals("--module")) && hasNext) {
                return classOf(commandLine.get(i + 1));
            }
            if (argument.startsWith("--module=")) {
                return classOf(argument.substring("--module=".length()));
            }
            if (WITH_VALUE.contains(argument)) {
                i++;
            } else if (!argument.startsWith("-") && !argument.startsWith("@")) {
                return argument.endsWith(".java") ? fileName(argument) : argument;
            }
        }
        return commandLine.isEmpty() ? "unknown" : fileName(commandLine.getFirst());
    }

    private static String classOf(String module) {
        return module.substring(module.indexOf('/') + 1);
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
