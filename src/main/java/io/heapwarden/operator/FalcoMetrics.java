package io.heapwarden.operator;

import io.heapwarden.security.Severity;
import io.heapwarden.security.falco.FalcoCount;
import io.heapwarden.security.falco.FalcoCounts;
import io.heapwarden.security.falco.FalcoRejection;
import io.heapwarden.telemetry.OperatorMetrics;
import java.util.Arrays;

/** Shows what became of Falco's events. */
final class FalcoMetrics {

    private FalcoMetrics() {}

    static void show(FalcoCounts counts, OperatorMetrics metrics) {
        Arrays.stream(FalcoCount.values()).forEach(what -> metrics.falco(what.name(), () -> counts.get(what)));
        Arrays.stream(FalcoRejection.values())
                .forEach(reason -> metrics.falco("Rejected" + reason, () -> counts.rejected(reason)));
        Arrays.stream(Severity.values())
                .forEach(severity -> metrics.falco("Dropped" + severity, () -> counts.dropped(severity)));
    }
}
