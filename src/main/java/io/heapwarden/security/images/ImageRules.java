package io.heapwarden.security.images;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.EphemeralContainer;
import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.security.FindingSource;
import io.heapwarden.security.Observation;
import io.heapwarden.security.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the images of a pod are held against. Every container counts, init and ephemeral ones too.
 *
 * @param allowed where images may come from; null for anywhere
 * @param requireDigest whether images must be named by digest; without it, tags that are known to move are told
 */
public record ImageRules(@Nullable AllowedRegistries allowed, boolean requireDigest) {

    /** Ids of the findings. */
    public static final String REGISTRY = "registry-not-allowed";

    public static final String NO_DIGEST = "image-without-digest";
    public static final String MUTABLE_TAG = "mutable-tag";
    public static final String BAD_NAME = "bad-image-name";

    private static final int LONGEST_NAME = 300;

    /** Tags that are moved to the next image by custom. */
    private static final Set<String> MUTABLE_TAGS = Set.of(
            "latest",
            "stable",
            "edge",
            "nightly",
            "canary",
            "main",
            "master",
            "trunk",
            "head",
            "develop",
            "development",
            "dev",
            "snapshot",
            "next",
            "current",
            "release",
            "test",
            "testing",
            "staging",
            "stage",
            "prod",
            "production",
            "qa",
            "alpha",
            "beta",
            "rc",
            "lts",
            "unstable");

    /** A container and its image, as the spec names it and as it runs. */
    private record Used(String container, String path, @Nullable String image, @Nullable String imageId) {}

    /** What is wrong with a pod's images. */
    public List<Observation> observations(Pod pod) {
        return used(pod).stream().flatMap(this::observations).toList();
    }

    private Stream<Observation> observations(Used used) {
        String image = used.image();
        if (image == null) {
            return Stream.empty();
        }
        ImageReference reference;
        try {
            reference = ImageReference.parse(image);
        } catch (IllegalArgumentException e) {
            return Stream.of(observation(
                    used,
                    BAD_NAME,
                    Severity.Medium,
                    String.valueOf(e.getMessage()),
                    "write the image as" + " registry/repository@sha256:digest"));
        }
        List<Observation> observations = new ArrayList<>();
        if (allowed != null && !allowed.allow(reference)) {
            observations.add(observation(
                    used,
                    REGISTRY,
                    Severity.High,
                    "image " + shown(reference) + " comes from " + reference.registry()
                            + ", which the policy does not allow",
                    "use an image of " + String.join(", ", allowed.prefixes())));
        }
        if (!reference.byDigest()) {
            unpinned(used, reference).ifPresent(observations::add);
        }
        return observations.stream();
    }

    private Optional<Observation> unpinned(Used used, ImageReference image) {
        String tag = image.tag() == null ? "latest" : image.tag();
        boolean mutable = isMutable(tag);
        String named = image.tag() == null ? "has no tag, which means latest" : "has the tag " + tag;
        String remedy = "write " + runningDigest(used, image).orElse(image.name() + "@sha256:...")
                + (runningDigest(used, image).isPresent() ? ", which runs now" : ", the digest that was tested");
        if (requireDigest) {
            return Optional.of(observation(
                    used,
                    NO_DIGEST,
                    Severity.Medium,
                    "image " + shown(image) + " is not named by digest: it " + named
                            + (mutable ? ", and that tag moves" : ", and tags can be moved"),
                    remedy));
        }
        return mutable
                ? Optional.of(observation(
                        used,
                        MUTABLE_TAG,
                        Severity.Medium,
                        "image " + shown(image) + " " + named
                                + ", a tag that moves: the next pod may run something else",
                        remedy))
                : Optional.empty();
    }

    /** Whether a tag is by custom moved from image to image. */
    static boolean isMutable(String tag) {
        String lower = tag.toLowerCase(Locale.ROOT);
        return MUTABLE_TAGS.contains(lower)
                || lower.startsWith("latest-")
                || lower.endsWith("-latest")
                || lower.endsWith("-snapshot");
    }

    /** What the node pulled, as a hint; it names a local image where nothing was pulled. */
    private static Optional<String> runningDigest(Used used, ImageReference image) {
        String id = used.imageId() == null ? "" : used.imageId().replaceFirst("^docker-pullable://", "");
        if (!id.contains("@")) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(ImageReference.parse(id).digest()).map(digest -> image.name() + "@" + digest);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String shown(ImageReference image) {
        String text = image.toString();
        return text.length() <= LONGEST_NAME ? text : text.substring(0, LONGEST_NAME) + "...";
    }

    private static Observation observation(Used used, String rule, Severity severity, String message, String remedy) {
        return new Observation(
                new Observation.Key(FindingSource.Image, rule, used.container(), ""),
                severity,
                message,
                remedy,
                used.path() + ".image",
                false);
    }

    private static List<Used> used(Pod pod) {
        List<Used> all = new ArrayList<>();
        if (pod.getSpec() == null) {
            return all;
        }
        List<ContainerStatus> statuses = statuses(pod);
        List<Container> init = pod.getSpec().getInitContainers();
        for (int i = 0; i < init.size(); i++) {
            all.add(used(
                    init.get(i).getName(),
                    "spec.initContainers[" + i + "]",
                    init.get(i).getImage(),
                    statuses));
        }
        List<Container> ordinary = pod.getSpec().getContainers();
        for (int i = 0; i < ordinary.size(); i++) {
            all.add(used(
                    ordinary.get(i).getName(),
                    "spec.containers[" + i + "]",
                    ordinary.get(i).getImage(),
                    statuses));
        }
        List<EphemeralContainer> ephemeral = pod.getSpec().getEphemeralContainers();
        for (int i = 0; i < ephemeral.size(); i++) {
            all.add(used(
                    ephemeral.get(i).getName(),
                    "spec.ephemeralContainers[" + i + "]",
                    ephemeral.get(i).getImage(),
                    statuses));
        }
        return all;
    }

    private static Used used(String name, String path, @Nullable String image, List<ContainerStatus> statuses) {
        String id = statuses.stream()
                .filter(status -> name.equals(status.getName()))
                .flatMap(status -> Stream.ofNullable(status.getImageID()))
                .findFirst()
                .orElse(null);
        return new Used(name, path, image, id);
    }

    private static List<ContainerStatus> statuses(Pod pod) {
        return pod.getStatus() == null
                ? List.of()
                : Stream.of(
                                pod.getStatus().getInitContainerStatuses(),
                                pod.getStatus().getContainerStatuses(),
                                pod.getStatus().getEphemeralContainerStatuses())
                        .flatMap(List::stream)
                        .toList();
    }
}
