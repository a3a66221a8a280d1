package io.heapwarden.security.falco;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The output fields of an event that are read; Falco sends many more. */
public enum FalcoField {
    /** Twelve characters from Falco's container plugin, or the whole of it; {@code host} is none. */
    ContainerId("container.id", 128),
    ContainerName("container.name", 256),
    Namespace("k8s.ns.name", 63),
    Pod("k8s.pod.name", 253),
    Process("proc.name", 64),
    Parent("proc.pname", 64),
    /** May hold secrets: compared, never shown. */
    CommandLine("proc.cmdline", 1024),
    /** As the other one. Only rules that print it have it. */
    ParentCommandLine("proc.pcmdline", 1024),
    User("user.name", 64),
    UserId("user.uid", 20);

    private static final Map<String, FalcoField> BY_KEY =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(FalcoField::key, Function.identity()));

    private final String key;
    private final int most;

    FalcoField(String key, int most) {
        this.key = key;
        this.most = most;
    }

    /** How Falco names it. */
    public String key() {
        return key;
    }

    /** Most characters that are kept. */
    public int most() {
        return most;
    }

    static @Nullable FalcoField named(String key) {
        return BY_KEY.get(key);
    }

    /**
     * What a value says: null where it says nothing, as Falco does with an empty text, {@code <NA>} and, for a container's id, {@code host}. Identifiers that
     * are too long are no identifiers, and are not cut into another one.
     */
    @Nullable
    String read(@Nullable String value) {
        if (value == null || value.isBlank() || value.equals("<NA>") || value.equals("N/A")) {
            return null;
        }
        return switch (this) {
            case ContainerId -> value.equals("host") || value.length() > most ? null : PlainText.of(value, most);
            case Namespace, Pod -> value.length() > most ? null : PlainText.of(value, most);
            default -> PlainText.of(value, most);
        };
    }
}
