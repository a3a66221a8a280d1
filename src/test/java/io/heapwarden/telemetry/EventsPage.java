package io.heapwarden.telemetry;

import java.util.Arrays;
import java.util.stream.Collectors;

/** docs/events.md, made of {@link EventReason}. */
final class EventsPage {

    private static final String HEAD =
            """
            # Events

            What Heapwarden says on pods and policies, by reason. `kubectl get events --field-selector reportingComponent=heapwarden`
            shows them all, `kubectl describe` those of one object.

            The same thing is not said again within 10 minutes; after that the Event's count goes up and its message is the newest. About
            one object at most 25 Events are written at once and one a minute after that. Kubernetes keeps Events for an hour by default;
            what has to last longer stands in the policy's status and in the pod's MemoryReport.

            <!-- Made from EventReason.java; `mvn test -Dtest=EventsPageTest -Dheapwarden.generate=true` writes it. -->
            """;

    private EventsPage() {}

    static String render() {
        return HEAD
                + Arrays.stream(EventReason.values()).map(EventsPage::section).collect(Collectors.joining());
    }

    private static String section(EventReason reason) {
        String on =
                switch (reason.on()) {
                    case Pod -> "the pod";
                    case Policy -> "the policy";
                    case PodAndPolicy -> "the pod and its policy";
                };
        return """

                ## %s

                %s, on %s. %s

                What to do: %s
                """
                .formatted(reason, reason.type(), on, reason.meaning(), reason.remedy());
    }
}
