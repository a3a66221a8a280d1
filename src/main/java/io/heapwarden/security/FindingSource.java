package io.heapwarden.security;

/** Who saw it. The constants are spelled as they appear in the API. */
public enum FindingSource {
    /** A check of the JVM and its processes. */
    Jvm(true),
    /** A rule of Falco. */
    Falco(false),
    /** A Pod Security Standard. */
    PodStandard(true),
    /** The rules for images. */
    Image(true),
    /** A scanner of images. */
    Vulnerability(true);

    private final boolean standing;

    FindingSource(boolean standing) {
        this.standing = standing;
    }

    /**
     * Whether it says each time everything that is so, and what it no longer says is over. The others tell what happened once: that goes when it
     * has not happened again for {@link FindingLedger#EVENT_AGE}.
     */
    public boolean standing() {
        return standing;
    }
}
