package io.heapwarden.telemetry;

import java.util.Arrays;
import java.util.stream.Collectors;

/** docs/metrics.md, made of {@link Metric}. */
final class MetricsPage {

    private static final String HEAD =
            """
            # Metrics

            The operator serves them for Prometheus under `/q/metrics`. These are of its own work; beside them are those of its JVM, of its
            HTTP server and of its controllers. A counter appears with its first count. Labels never hold a pod or a class: for those
            there are the MemoryReports. The gauges of a policy go when it goes.

            <!-- Made from Metric.java; `mvn test -Dtest=MetricsPageTest -Dheapwarden.generate=true` writes it. -->

            | metric | type | labels | what it says |
            |---|---|---|---|
            """;

    private MetricsPage() {}

    static String render() {
        return HEAD + Arrays.stream(Metric.values()).map(MetricsPage::row).collect(Collectors.joining());
    }

    private static String row(Metric metric) {
        String labels = metric.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "));
        String type =
                switch (metric.type()) {
                    case Counter -> "counter";
                    case Timer -> "histogram";
                    case Gauge -> "gauge";
                };
        return "| `%s` | %s | %s | %s |%n".formatted(metric.prometheusName(), type, labels, metric.description());
    }
}
