package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What tells the revisions of a workload apart: the hash of the pod template, or the digest of the image where the controller keeps none. */
final class Revision {

    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final int DIGEST_SHOWN = "sha256:".length() + 12;
    private static final int LONGEST = 63;

    private Revision() {}

    static String of(Workload workload, ContainerStatus status) {
        String template = workload.revision();
        if (template != null) {
            return template;
        }
        String image = text(status.getImageID()).isEmpty() ? text(status.getImage()) : text(status.getImageID());
        Matcher digest = DIGEST.matcher(image);
        if (digest.find()) {
            return digest.group().substring(0, DIGEST_SHOWN);
        }
        return image.isEmpty() ? "unknown" : image.substring(Math.max(0, image.length() - LONGEST));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
