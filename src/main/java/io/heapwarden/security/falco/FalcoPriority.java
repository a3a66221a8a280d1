package io.heapwarden.security.falco;

import io.heapwarden.security.Severity;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Priorities of Falco rules, the most urgent first. The constants are spelled as Falco writes them. */
public enum FalcoPriority {
    Emergency(Severity.Critical),
    Alert(Severity.Critical),
    Critical(Severity.Critical),
    Error(Severity.High),
    Warning(Severity.Medium),
    Notice(Severity.Low),
    Informational(Severity.Low),
    Debug(Severity.Low);

    private final Severity severity;

    FalcoPriority(Severity severity) {
        this.severity = severity;
    }

    /** How bad a finding of this priority is. */
    public Severity severity() {
        return severity;
    }

    /** Whether this is as urgent as another one, or more. */
    public boolean atLeast(FalcoPriority other) {
        return compareTo(other) <= 0;
    }

    /** By its name in any case; rules may also say INFO. Null for what is none. */
    static @Nullable FalcoPriority named(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "emergency" -> Emergency;
            case "alert" -> Alert;
            case "critical" -> Critical;
            case "error" -> Error;
            case "warning" -> Warning;
            case "notice" -> Notice;
            case "informational", "info" -> Informational;
            case "debug" -> Debug;
            default -> null;
        };
    }
}
