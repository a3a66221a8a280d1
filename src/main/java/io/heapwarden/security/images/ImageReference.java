package io.heapwarden.security.images;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Name of an image, in the form that container runtimes work with: {@code nginx} is {@code docker.io/library/nginx}.
 *
 * @param registry host, and port when one is named
 * @param repository path in the registry
 * @param tag tag, null when none is written
 * @param digest digest, such as {@code sha256:...}, null when none is written
 * @see <a href="https://github.com/distribution/reference">the grammar, and how short names are read</a>
 */
public record ImageReference(String registry, String repository, @Nullable String tag, @Nullable String digest) {

    private static final int LONGEST = 1024;
    private static final int LONGEST_REPOSITORY = 255;
    private static final int LONGEST_QUOTE = 100;

    private static final String DEFAULT_REGISTRY = "docker.io";
    private static final String FORMER_DEFAULT_REGISTRY = "index.docker.io";
    private static final String LIBRARY = "library/";

    /** Possessive, so that no input makes it slow. */
    private static final Pattern PATH = Pattern.compile(
            "[a-z0-9]++(?:(?:[.]|_{1,2}+|-++)[a-z0-9]++)*+(?:/[a-z0-9]++(?:(?:[.]|_{1,2}+|-++)[a-z0-9]++)*+)*+");

    private static final String LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
    private static final Pattern HOST =
            Pattern.compile("(?:" + LABEL + "(?:[.]" + LABEL + ")*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?");
    private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0,127}");
    private static final Pattern DIGEST = Pattern.compile("([a-z0-9]+):([a-f0-9]+)");
    private static final Map<String, Integer> HEX_DIGITS = Map.of("sha256", 64, "sha384", 96, "sha512", 128);
    private static final Pattern IDENTIFIER = Pattern.compile("[a-f0-9]{64}");

    /**
     * Reads the name of an image.
     *
     * @throws IllegalArgumentException when it is none; the message says why
     */
    public static ImageReference parse(String text) {
        if (text.isEmpty()) {
            throw bad(text, "is empty");
        }
        if (text.length() > LONGEST) {
            throw bad(text, "is longer than " + LONGEST + " characters");
        }
        int at = text.indexOf('@');
        String digest = at < 0 ? null : checkedDigest(text, text.substring(at + 1));
        String named = at < 0 ? text : text.substring(0, at);
        int colon = named.lastIndexOf(':');
        boolean tagged = colon > named.lastIndexOf('/');
        String tag = tagged ? checkedTag(text, named.substring(colon + 1)) : null;
        String name = tagged ? named.substring(0, colon) : named;
        if (IDENTIFIER.matcher(name).matches()) {
            throw bad(text, "is an identifier of a local image, not a name in a registry");
        }
        return named(text, name, tag, digest);
    }

    /** The name without tag and digest: registry and repository. */
    public String name() {
        return registry + "/" + repository;
    }

    /** Whether it always names the same image. */
    public boolean byDigest() {
        return digest != null;
    }

    @Override
    public String toString() {
        return name() + (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
    }

    /**
     * The host that a text begins with, when what stands before the first slash is one: it has a dot, a port or a capital, or is localhost.
     *
     * @param name a name without tag and digest
     */
    static Optional<String> host(String name) {
        int slash = name.indexOf('/');
        String first = slash < 0 ? "" : name.substring(0, slash);
        boolean host = first.equals("localhost")
                || first.contains(".")
                || first.contains(":")
                || !first.toLowerCase(Locale.ROOT).equals(first);
        return host ? Optional.of(first.equals(FORMER_DEFAULT_REGISTRY) ? DEFAULT_REGISTRY : first) : Optional.empty();
    }

    private static ImageReference named(String text, String name, @Nullable String tag, @Nullable String digest) {
        Optional<String> host = host(name);
        String registry = host.orElse(DEFAULT_REGISTRY);
        String path = host.isEmpty() ? name : name.substring(name.indexOf('/') + 1);
        if (registry.equals(DEFAULT_REGISTRY) && !path.contains("/")) {
            path = LIBRARY + path;
        }
        if (!HOST.matcher(registry).matches()) {
            throw bad(text, "has no registry of the form host or host:port before the first /");
        }
        if (!path.toLowerCase(Locale.ROOT).equals(path)) {
            throw bad(text, "has capitals in its repository; write it in lower case");
        }
        if (!PATH.matcher(path).matches()) {
            throw bad(
                    text,
                    "has a repository that is not of lower-case letters and digits, separated by one of . _ __ - and /");
        }
        if (path.length() > LONGEST_REPOSITORY) {
            throw bad(text, "has a repository of more than " + LONGEST_REPOSITORY + " characters");
        }
        return new ImageReference(registry, path, tag, digest);
    }

    private static String checkedTag(String text, String tag) {
        if (!TAG.matcher(tag).matches()) {
            throw bad(text, "has a tag that is not of letters, digits, _ . and -, at most 128");
        }
        return tag;
    }

    private static String checkedDigest(String text, String digest) {
        Matcher matcher = DIGEST.matcher(digest);
        if (!matcher.matches() || !HEX_DIGITS.containsKey(matcher.group(1))) {
            throw bad(text, "has a digest that is not sha256:, sha384: or sha512: and lower-case hexadecimal digits");
        }
        int needed = HEX_DIGITS.get(matcher.group(1));
        if (matcher.group(2).length() != needed) {
            throw bad(
                    text,
                    "has a digest of " + matcher.group(2).length() + " digits; " + matcher.group(1) + " has " + needed);
        }
        return digest;
    }

    private static IllegalArgumentException bad(String text, String why) {
        String cut = text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
        return new IllegalArgumentException("the image name \"" + cut.replaceAll("\\p{Cntrl}", "?") + "\" " + why);
    }
}
