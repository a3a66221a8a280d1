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

    private static final String ALERTS =
            """

            ## Alerts

            Rules for Prometheus are in `helm/heapwarden/files/alerts.yaml`: load the file, or install the chart with
            `--set serviceMonitor.enabled=true --set prometheusRule.enabled=true` where the Prometheus operator runs. They tell a budget that burns
            (1 h and 5 m above 14.4, 6 h and 30 m above 6, 3 d and 6 h above 1), pods that are about to run out, a revision that grows more than the one
            before it, and an objective that is blind in more than half of pod time. With a target under 93.1 % a budget cannot burn 14.4 times as
            fast as it may, and under 83.4 % not 6 times: all time being bad is a rate of 1 / (1 − target).

            A compliance of your own, over other spans than the period, is best made of the burn rates: they are bad time over judged time, in
            budgets. Missing time is in neither; `heapwarden_objective_missing` shows its share.
            """;

    private MetricsPage() {}

    static String render() {
        return HEAD + Arrays.stream(Metric.values()).map(MetricsPage::row).collect(Collectors.joining()) + ALERTS;
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
