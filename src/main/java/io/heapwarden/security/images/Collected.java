package io.heapwarden.security.images;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Vulnerabilities of one image, each once: the same jar may lie in several places. */
final class Collected {

    private final Map<List<String>, Vulnerability> found = new LinkedHashMap<>();
    private int leftOut;

    void add(Vulnerability vulnerability) {
        List<String> key = List.of(vulnerability.id(), vulnerability.resource(), vulnerability.installedVersion());
        if (found.size() < VulnerabilityReports.MOST || found.containsKey(key)) {
            found.merge(key, vulnerability, Collected::worse);
        } else {
            leftOut++;
        }
    }

    ImageReport of(String image, String container) {
        return new ImageReport(image, container, List.copyOf(found.values()), leftOut);
    }

    private static Vulnerability worse(Vulnerability one, Vulnerability other) {
        return other.score() != null && (one.score() == null || other.score() > one.score()) ? other : one;
    }
}
