package io.heapwarden.security.falco;

/** Priorities of Falco rules, the most urgent first. The constants are spelled as Falco writes them. */
public enum FalcoPriority {
    Emergency,
    Alert,
    Critical,
    Error,
    Warning,
    Notice,
    Informational,
    Debug
}
