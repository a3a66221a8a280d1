package io.heapwarden.probe;

import io.heapwarden.jvm.MalformedOutputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files of /proc and /sys, whose length is not known before. */
final class ProcFiles {

    private static final int USUAL_CAP = 1 << 20;

    private ProcFiles() {}

    static byte[] read(Path file, int cap) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(cap);
        }
    }

    static String text(Path file) throws IOException {
        return new String(read(file, USUAL_CAP), StandardCharsets.UTF_8);
    }

    /** A file's text; empty when it is not there or cannot be read. */
    static String textOrEmpty(Path file) {
        try {
            return text(file);
        } catch (IOException e) {
            return "";
        }
    }

    /** @param process its directory in /proc */
    static ProcessStatus status(Path process) throws IOException, MalformedOutputException {
        return ProcessStatus.parse(text(process.resolve("status")) + text(process.resolve("stat")) + BootTime.LINE);
    }

    /** The process's id in its own namespace. */
    static int innerPid(Path process) throws IOException {
        String pids = text(process.resolve("status"))
                .lines()
                .filter(line -> line.startsWith("NSpid:"))
                .findFirst()
                .orElse(String.valueOf(process.getFileName()));
        return Integer.parseInt(pids.substring(pids.lastIndexOf('\t') + 1).strip());
    }

    /** Read once: /proc/stat is long on machines of many processors. */
    private static final class BootTime {
        static final String LINE = textOrEmpty(Path.of("/proc/stat"))
                .lines()
                .filter(line -> line.startsWith("btime "))
                .findFirst()
                .orElse("");
    }
}
