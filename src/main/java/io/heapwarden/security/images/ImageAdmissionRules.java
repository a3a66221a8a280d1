package io.heapwarden.security.images;

import io.heapwarden.security.admission.AdmissionRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The rules of {@link ImageRules} that an API server can apply. */
public final class ImageAdmissionRules {

    private static final String IMAGE = "c.?image.orValue('')";
    private static final String DIGEST = "@sha(256|384|512):[0-9a-f]{64,128}$";

    /** Gives an image's full name, as container runtimes read short ones; a list of one element with {@code map} gives a value a name. */
    private static final String FULL_NAME =
            "[" + IMAGE + "].map(i, i.contains('/') && (i.split('/')[0].contains('.') || i.split('/')[0].contains(':')"
                    + " || i.split('/')[0] == 'localhost' || i.split('/')[0] != i.split('/')[0].lowerAscii()) ? i"
                    + " : (i.contains('/') ? 'docker.io/' + i : 'docker.io/library/' + i))"
                    + ".map(i, i.startsWith('index.docker.io/') ? i.replace('index.', '', 1) : i)"
                    + ".map(i, i.matches('^docker[.]io/[^/]+$') ? i.replace('docker.io/', 'docker.io/library/', 1) : i)";

    private ImageAdmissionRules() {}

    /** The rules; none when nothing is asked. */
    public static List<AdmissionRule> of(ImageRules rules) {
        List<AdmissionRule> all = new ArrayList<>();
        AllowedRegistries allowed = rules.allowed();
        if (allowed != null) {
            String fits =
                    allowed.prefixes().stream().map(ImageAdmissionRules::fits).collect(Collectors.joining(" || "));
            all.add(AdmissionRule.ofContainers(
                    "allowedRegistries",
                    "!" + FULL_NAME + ".exists(i, " + fits + ")",
                    "use an image of " + String.join(", ", allowed.prefixes()) + " for the containers"));
        }
        if (rules.requireDigest()) {
            all.add(AdmissionRule.ofContainers(
                    "requireDigest",
                    "!" + IMAGE + ".matches('" + DIGEST + "')",
                    "name the image of the containers by digest, as registry/repository@sha256:..."));
        }
        return all;
    }

    /** A whole repository may be named too; what follows a registry alone after a colon would be its port. */
    private static String fits(String prefix) {
        String within = "i.startsWith(" + AdmissionRule.literal(prefix + "/") + ")";
        return prefix.contains("/")
                ? within
                        + " || i == " + AdmissionRule.literal(prefix)
                        + " || i.startsWith(" + AdmissionRule.literal(prefix + ":")
                        + ") || i.startsWith(" + AdmissionRule.literal(prefix + "@") + ")"
                : within;
    }
}
