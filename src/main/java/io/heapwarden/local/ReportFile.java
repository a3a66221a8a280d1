package io.heapwarden.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A file that a report is written to: {@code junit:FILE}, {@code sarif:FILE} or {@code text:FILE}.
 *
 * @param format in what form
 * @param file where; what is there is replaced, missing directories are made
 */
public record ReportFile(Format format, Path file) {

    /** In what form a report is written. */
    public enum Format {
        Junit,
        Sarif,
        Text
    }

    /**
     * Reads the form and the file.
     *
     * @throws IllegalArgumentException when there is no such form or no file; the message says what is
     */
    public static ReportFile parse(String text) {
        int colon = text.indexOf(':');
        String wanted = colon < 0 ? "" : text.substring(0, colon);
        Format format = Arrays.stream(Format.values())
                .filter(known -> nameOf(known).equals(wanted))
                .findFirst()
                .orElse(null);
        if (format == null || colon + 1 == text.length()) {
            String forms = Arrays.stream(Format.values())
                    .map(known -> nameOf(known) + ":FILE")
                    .collect(Collectors.joining(", "));
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no report: write one of " + forms + ", such as junit:target/heapwarden.xml");
        }
        return new ReportFile(format, Path.of(text.substring(colon + 1)));
    }

    /**
     * Writes a report.
     *
     * @throws IOException when the file cannot be written; the message names it
     */
    public void write(RunReport run, String version) throws IOException {
        String text =
                switch (format) {
                    case Junit -> JUnitReport.of(run);
                    case Sarif -> SarifReport.of(run, version);
                    case Text -> TextReport.of(run);
                };
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        Files.writeString(file, text);
    }

    private static String nameOf(Format format) {
        return format.name().toLowerCase(Locale.ROOT);
    }
}
