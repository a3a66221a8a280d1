package io.heapwarden.security.jvm;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which versions of Java have the fixes that are known: security/jdk-baseline.properties, which src/test/scripts/update-jdk-baseline.sh writes. A new
 * release is asked for a quarter after it came out, when the next one comes; until then the one before it will do.
 */
public final class JdkBaseline {

    /** A quarter: between two dates of OpenJDK's security releases. */
    static final Duration GRACE = Duration.ofDays(92);

    private static final String ENDED = "ended";
    private static final JdkBaseline SHIPPED = read();

    private final LocalDate date;
    private final TreeMap<Integer, Line> lines = new TreeMap<>();

    /**
     * What is known of one feature version.
     *
     * @param newest the newest release; null when there are no more
     * @param since when it came out, or when the last one was superseded
     * @param before the release before it; null when there are no more
     */
    private record Line(@Nullable JavaVersion newest, LocalDate since, @Nullable JavaVersion before, String text) {}

    private JdkBaseline(LocalDate date) {
        this.date = date;
    }

    /** The table of this release. */
    public static JdkBaseline shipped() {
        return SHIPPED;
    }

    /**
     * Takes a table.
     *
     * @throws IllegalArgumentException when an entry is not of the form that the shipped file explains
     */
    public static JdkBaseline of(Properties table) {
        JdkBaseline baseline = new JdkBaseline(LocalDate.parse(table.getProperty("date", "")));
        for (String key : table.stringPropertyNames()) {
            if (!key.equals("date")) {
                baseline.lines.put(Integer.valueOf(key), line(key, table.getProperty(key)));
            }
        }
        return baseline;
    }

    private static Line line(String key, String entry) {
        String[] words = entry.strip().split("\\s+");
        if (words.length == 2 && words[0].equals(ENDED)) {
            return new Line(null, LocalDate.parse(words[1]), null, "");
        }
        JavaVersion newest = JavaVersion.parse(words[0]);
        JavaVersion before = words.length == 3 ? JavaVersion.parse(words[2]) : null;
        if (newest == null || before == null || newest.feature() != Integer.parseInt(key)) {
            throw new IllegalArgumentException("jdk-baseline.properties: " + key + "=" + entry
                    + " is neither 'NEWEST DATE BEFORE' of that feature version nor 'ended DATE'");
        }
        return new Line(newest, LocalDate.parse(words[1]), before, words[0]);
    }

    private static JdkBaseline read() {
        try (InputStream in = JdkBaseline.class.getResourceAsStream("/security/jdk-baseline.properties")) {
            if (in == null) {
                throw new IllegalStateException(
                        "the program is incomplete: no resource security/jdk-baseline.properties");
            }
            Properties table = new Properties();
            table.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return of(table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The day up to which the table knows releases. */
    public LocalDate date() {
        return date;
    }

    /**
     * What a version lacks.
     *
     * @param supported whether there are releases of it that have the fixes
     * @param far whether it lacks the fixes of more than one release
     * @param words what is so, for a message
     */
    record Shortfall(boolean supported, boolean far, String words) {}

    /** What a version lacks at a time; empty when nothing, or when it is not a version that the table knows. */
    Optional<Shortfall> shortfall(String text, Instant at) {
        JavaVersion version = JavaVersion.parse(text);
        Line line = version == null ? null : lines.get(version.feature());
        if (version == null || line == null) {
            return Optional.empty();
        }
        if (line.newest() == null || line.before() == null) {
            return Optional.of(new Shortfall(
                    false, true, "Java " + version.feature() + " has had no security releases since " + line.since()));
        }
        boolean far = version.compareTo(line.before()) < 0;
        boolean graceOver = !at.isBefore(
                line.since().atStartOfDay(ZoneOffset.UTC).toInstant().plus(GRACE));
        if (version.compareTo(line.newest()) >= 0 || !far && !graceOver) {
            return Optional.empty();
        }
        return Optional.of(new Shortfall(
                true, far, "the fixes up to %s, of %s, are missing".formatted(line.text(), line.since())));
    }
}
