package io.heapwarden.response.notify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Takes secrets out of what a receiver says, since some repeat what they were sent. */
final class Mask {

    private static final String MASKED = "…";
    /** Shorter parts of a path are words such as {@code services}, which would hide what a message says. */
    private static final int SHORTEST_PART = 8;

    private final List<String> secrets;

    private Mask(List<String> secrets) {
        this.secrets = secrets.stream()
                .filter(secret -> !secret.isEmpty())
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /**
     * A mask for all behind the host of a URL, whole and in its parts, and for what identifies us.
     *
     * @param authorization value of the header, empty if none is sent
     */
    static Mask of(Endpoint endpoint, String authorization) {
        List<String> secrets = new ArrayList<>(List.of(endpoint.secretPart(), authorization));
        secrets.add(authorization.substring(authorization.indexOf(' ') + 1));
        for (String part : endpoint.secretPart().split("[/?&=]+")) {
            if (part.length() >= SHORTEST_PART) {
                secrets.add(part);
            }
        }
        return new Mask(secrets);
    }

    String apply(String text) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, MASKED);
        }
        return masked;
    }
}
