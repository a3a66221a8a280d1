package io.heapwarden.security.images;

import java.util.ArrayList;
import java.util.List;

/**
 * Where images may come from: registries, or parts of them such as {@code registry.shop.example/team}. Compared at the borders of path segments:
 * {@code registry.shop.example/team} allows {@code registry.shop.example/team/app}, not {@code registry.shop.example/teams/app}.
 *
 * @param prefixes registries with or without a path, read as image names are: {@code library} alone is {@code docker.io/library}
 */
public record AllowedRegistries(List<String> prefixes) {

    private static final String DEFAULT_REGISTRY = "docker.io";

    public AllowedRegistries {
        prefixes = List.copyOf(prefixes);
    }

    /**
     * Reads them as they stand in a policy.
     *
     * @throws IllegalArgumentException when one is no registry; the message says which and why
     */
    public static AllowedRegistries of(List<String> written) {
        List<String> prefixes = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            prefixes.add(prefix(i, written.get(i)));
        }
        return new AllowedRegistries(prefixes);
    }

    /** Whether an image comes from one of them. */
    public boolean allow(ImageReference image) {
        String name = image.name();
        return prefixes.stream().anyMatch(prefix -> name.equals(prefix) || name.startsWith(prefix + "/"));
    }

    private static String prefix(int index, String written) {
        String text = written.endsWith("/") ? written.substring(0, written.length() - 1) : written;
        String where = "spec.security.images.allowedRegistries[" + index + "]: \"" + written + "\" ";
        if (text.contains("://")) {
            throw new IllegalArgumentException(
                    where + "is an address; write the registry alone, such as registry.shop.example/team");
        }
        int slash = text.indexOf('/');
        String path = slash < 0 ? "" : text.substring(slash);
        String prefix = ImageReference.host(text + "/").map(host -> host + path).orElse(DEFAULT_REGISTRY + "/" + text);
        try {
            ImageReference.parse(prefix + "/a");
            return prefix;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    where + "is no registry; write host, host:port or host/path, such as registry.shop.example/team",
                    e);
        }
    }
}
