package io.heapwarden.security.admission;

/**
 * One rule for pods. Its expression is CEL over {@code object} and the variables of {@link AdmissionManifest}; it gives the list of the names of what breaks
 * the rule: containers, volumes or fields. An empty list is a pod that is accepted.
 *
 * @param name id of the check, which is also an identifier of CEL
 * @param offenders the expression
 * @param message what the named things must not do, with the field and what to set instead; one sentence without a full stop
 */
public record AdmissionRule(String name, String offenders, String message) {

    /** For a rule on all containers, ephemeral ones too. */
    public static AdmissionRule ofContainers(String name, String isBad, String message) {
        return new AdmissionRule(name, "variables.containers.filter(c, " + isBad + ").map(c, c.name)", message);
    }

    /** The rule as a condition that holds for good pods. */
    String validation() {
        return "size(variables." + name + ") == 0";
    }

    /** The message with the names. */
    String messageExpression(String by) {
        return literal(message + " (" + by + "): ") + " + variables." + name + ".join(', ')";
    }

    /** A text as CEL writes it. */
    public static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
