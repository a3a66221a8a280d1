package io.heapwarden.security.jvm;

import io.heapwarden.jvm.ClassHistogram;
import io.heapwarden.security.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Classes of which a JVM should have no instances, as those only exist in versions or configurations of a library that are known to be vulnerable:
 * security/vulnerable-classes.properties, and entries that an installation adds. A histogram has only classes with instances, so one that is not in it
 * may be in the class path all the same: this finds what is in use, a scanner of images finds what is there.
 */
public final class VulnerableClasses {

    /** Most entries that an installation may add. */
    public static final int MOST_ADDED = 500;

    private static final Pattern ENTRY = Pattern.compile("(Low|Medium|High|Critical) ([^|]+)\\|([^|]+)\\|([^|]+)");
    private static final Pattern CLASS = Pattern.compile("[\\p{Alnum}_$.]{1,300}");

    private final Map<String, Vulnerable> byClass;

    /**
     * A class that should have no instances.
     *
     * @param className as in Java source
     * @param severity how bad that is
     * @param reference the CVE
     * @param meaning what it shows, one sentence without a full stop
     * @param remedy what to do, one sentence without a full stop
     */
    public record Vulnerable(String className, Severity severity, String reference, String meaning, String remedy) {}

    private VulnerableClasses(Map<String, Vulnerable> byClass) {
        this.byClass = byClass;
    }

    /** The list of this release. */
    public static VulnerableClasses shipped() {
        return withAdded(Map.of());
    }

    /**
     * The list of this release with more entries, of the same form; one of a class that is in the list replaces it.
     *
     * @param added by class name, {@code SEVERITY REFERENCE|MEANING|REMEDY}
     * @throws IllegalArgumentException when one is not of that form, or there are too many
     */
    public static VulnerableClasses withAdded(Map<String, String> added) {
        if (added.size() > MOST_ADDED) {
            throw new IllegalArgumentException(
                    added.size() + " vulnerable classes are added; at most " + MOST_ADDED + " are");
        }
        Map<String, Vulnerable> all = new TreeMap<>();
        Properties shipped = read();
        shipped.stringPropertyNames().forEach(name -> all.put(name, entry(name, shipped.getProperty(name))));
        added.forEach((name, text) -> all.put(name, entry(name, text)));
        return new VulnerableClasses(Collections.unmodifiableMap(all));
    }

    private static Vulnerable entry(String name, String text) {
        Matcher matcher = ENTRY.matcher(text.strip());
        if (!CLASS.matcher(name).matches() || !matcher.matches()) {
            throw new IllegalArgumentException(
                    "the vulnerable class " + name
                            + " must be given as CLASS=SEVERITY REFERENCE|MEANING|REMEDY with a severity of Low, Medium, High or Critical");
        }
        return new Vulnerable(
                name,
                Severity.valueOf(matcher.group(1)),
                matcher.group(2).strip(),
                matcher.group(3).strip(),
                matcher.group(4).strip());
    }

    private static Properties read() {
        try (InputStream in = VulnerableClasses.class.getResourceAsStream("/security/vulnerable-classes.properties")) {
            if (in == null) {
                throw new IllegalStateException(
                        "the program is incomplete: no resource security/vulnerable-classes.properties");
            }
            Properties list = new Properties();
            list.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return list;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every entry, by class name. */
    public List<Vulnerable> all() {
        return List.copyOf(byClass.values());
    }

    /** Those that have instances. */
    public List<Vulnerable> in(ClassHistogram histogram) {
        List<Vulnerable> found = new ArrayList<>();
        histogram.forEach(entry -> {
            Vulnerable vulnerable = byClass.get(entry.className());
            if (vulnerable != null && entry.instances() > 0) {
                found.add(vulnerable);
            }
        });
        return List.copyOf(found);
    }
}
