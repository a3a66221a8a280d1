package io.heapwarden.security;

/** How bad a finding is, the mildest first. The constants are spelled as they appear in the API. */
public enum Severity {
    /** To be known; nothing follows from it alone. */
    Low,
    /** Makes an attack easier. */
    Medium,
    /** Lets somebody in, or shows that somebody tries. */
    High,
    /** Shows that somebody is in, or leaves the door open to all who can reach it. */
    Critical;

    /** Whether this is as bad as another one, or worse. */
    public boolean atLeast(Severity other) {
        return compareTo(other) >= 0;
    }
}
