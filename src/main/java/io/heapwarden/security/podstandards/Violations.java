package io.heapwarden.security.podstandards;

import java.util.ArrayList;
import java.util.List;

/** Collects what the checks find, at most {@value #MOST}: a pod may declare thousands of ports. */
final class Violations {

    static final int MOST = 200;

    private static final int LONGEST_VALUE = 100;

    private final List<Violation> found = new ArrayList<>();

    void add(String check, PodStandard standard, CheckedContainer container, String field, String what, String fix) {
        add(
                check,
                standard,
                container.name(),
                container.path() + "." + field,
                "container " + container.name() + " " + what,
                fix);
    }

    /** A field of the pod itself. */
    void add(String check, PodStandard standard, String path, String what, String fix) {
        add(check, standard, "", path, "the pod " + what, fix);
    }

    private void add(String check, PodStandard standard, String container, String path, String what, String fix) {
        if (found.size() < MOST) {
            found.add(new Violation(check, standard, container, path, what, fix));
        }
    }

    List<Violation> found() {
        return List.copyOf(found);
    }

    /** A value of the pod as it may stand in an Event: an annotation may be of any length and hold any character. */
    static String quoted(String value) {
        String cut = value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + "...";
        return "\"" + cut.replaceAll("\\p{Cntrl}", "?") + "\"";
    }
}
