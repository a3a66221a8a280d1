package io.heapwarden.response.notify;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where to read on. Links go to people and other systems as they are, so none may hold a password or a token.
 *
 * @param report name of the MemoryReport in the pod's namespace
 * @param evidence what was collected
 * @param runbook what to do
 */
public record Links(@Nullable String report, @Nullable URI evidence, @Nullable URI runbook) {

    public static final Links NONE = new Links(null, null, null);
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_LINK = 2000;

    /**
     * Takes links.
     *
     * @throws IllegalArgumentException when one is no http or https URL, names a user, or is longer than 2,000 characters
     */
    public Links {
        report = PlainText.orNull(report, LONGEST_NAME);
        check("evidence", evidence);
        check("runbook", runbook);
    }

    private static void check(String which, @Nullable URI link) {
        if (link == null) {
            return;
        }
        boolean web = "http".equalsIgnoreCase(link.getScheme()) || "https".equalsIgnoreCase(link.getScheme());
        if (!web || link.getHost() == null || link.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "the link to the " + which + " must be an http or https URL without a user: give one, or none");
        }
        if (link.toASCIIString().length() > LONGEST_LINK) {
            throw new IllegalArgumentException(
                    "the link to the " + which + " is longer than " + LONGEST_LINK + " characters: shorten it");
        }
    }
}
