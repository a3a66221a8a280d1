package io.heapwarden.security.falco;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names of containers, as runtimes give them: 64 hexadecimal digits, of which Falco's plugin says 12 or all. */
public final class ContainerIds {

    /** Digits that Falco says at least. */
    public static final int SHORT = 12;

    private static final Pattern ID = Pattern.compile("[0-9a-f]{12,64}");

    private ContainerIds() {}

    /** Without the runtime in front, as in {@code containerd://0123...} of a pod's status. */
    public static String bare(String id) {
        int scheme = id.indexOf("://");
        return scheme < 0 ? id : id.substring(scheme + 3);
    }

    /** The first twelve digits; null for what is no such name. */
    public static @Nullable String shortened(String id) {
        String bare = bare(id);
        return ID.matcher(bare).matches() ? bare.substring(0, SHORT) : null;
    }

    /** Whether both may be the same container: one of them may be short. */
    public static boolean same(String one, String other) {
        String a = bare(one);
        String b = bare(other);
        return ID.matcher(a).matches() && ID.matcher(b).matches() && (a.startsWith(b) || b.startsWith(a));
    }
}
