package io.heapwarden.security.images;

import java.util.List;

/**
 * What a scanner says of one image.
 *
 * @param image its name, as the report has it
 * @param container the container that runs it; empty when the report does not say
 * @param vulnerabilities what it has
 * @param leftOut vulnerabilities beyond {@link VulnerabilityReports#MOST}, which were not read
 */
public record ImageReport(String image, String container, List<Vulnerability> vulnerabilities, int leftOut) {

    public ImageReport {
        vulnerabilities = List.copyOf(vulnerabilities);
    }
}
