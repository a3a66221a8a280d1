package io.heapwarden.evidence.collect;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The feature version in what a JVM calls its version: 17 of 17.0.15, 8 of 1.8.0_504. */
final class FeatureVersion {

    private static final Pattern VERSION = Pattern.compile("(?:1\\.)?([0-9]{1,3})(?:[^0-9].*)?");

    private FeatureVersion() {}

    static @Nullable Integer of(@Nullable String version) {
        Matcher matcher = VERSION.matcher(version == null ? "" : version);
        return matcher.matches() ? Integer.valueOf(matcher.group(1)) : null;
    }
}
