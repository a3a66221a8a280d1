package io.heapwarden.api;

import io.heapwarden.growth.Signal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fields of the API whose behaviour does not exist yet. A policy that sets one is told so by name, in its condition Ready. */
public final class NotSupportedFields {

    private NotSupportedFields() {}

    /**
     * Paths of the fields of a spec that are set and do nothing in this version. Where it is one value of a field that is missing, the value follows in
     * brackets: {@code spec.objectives[0].signal[ClassLoaders]}.
     */
    public static List<String> in(MemoryPolicySpec spec) {
        List<String> paths = new ArrayList<>();
        paths.addAll(inObjectives(spec.objectives()));
        return List.copyOf(paths);
    }

    /** No counter that is read holds these signals. */
    private static List<String> inObjectives(@Nullable List<Objective> objectives) {
        List<String> paths = new ArrayList<>();
        for (int i = 0; objectives != null && i < objectives.size(); i++) {
            Signal signal = objectives.get(i).signal();
            if (signal == Signal.ClassLoaders || signal == Signal.AllocationRate) {
                paths.add("spec.objectives[" + i + "].signal[" + signal + "]");
            }
        }
        return paths;
    }
}
