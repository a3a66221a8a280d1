package io.heapwarden.e2e;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Manifests of the pods the tests watch, as users write them. */
final class Pods {

    /** A uid that the images' passwd file knows, so that the JVM writes hsperfdata. */
    static final int NOBODY = 65534;

    /** A uid that no passwd file knows, as on OpenShift. */
    static final int UNKNOWN = 45678;

    private Pods() {}

    /** A Deployment whose JVM leaks com.shop.Order at a rate that fills its heap in about five minutes. */
    static String leaking(String name) {
        return deployment(name, NOBODY, "localhost/heapwarden-workload:17", "-Xmx160m", "-XX:+UseG1GC", "Leak", "500");
    }

    /** A Deployment whose JVM allocates and lets go. */
    static String steady(String name) {
        return deployment(name, NOBODY, "localhost/heapwarden-workload:25", "-Xmx64m", "-XX:+UseSerialGC", "Steady");
    }

    /** A Deployment of a test program, its container as strict as the restricted Pod Security Standard wants it. */
    static String deployment(String name, int uid, String image, String... arguments) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s}
                spec:
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}}
                    spec:
                      terminationGracePeriodSeconds: 1
                      securityContext: {runAsNonRoot: true, runAsUser: %4$d, runAsGroup: %4$d, seccompProfile: {type: RuntimeDefault}}
                      volumes: [{name: tmp, emptyDir: {}}]
                      containers:
                      - name: app
                        image: %2$s
                        imagePullPolicy: IfNotPresent
                        args: [%3$s]
                        resources: {limits: {memory: 320Mi}, requests: {memory: 64Mi, cpu: 10m}}
                        securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
                        volumeMounts: [{name: tmp, mountPath: /tmp}]
                """
                .formatted(
                        name,
                        image,
                        Stream.of(arguments)
                                .map(argument -> '"' + argument + '"')
                                .collect(Collectors.joining(", ")),
                        uid);
    }

    /** A Deployment of an image that brings its own command. */
    static String plain(String name, String image) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s}
                spec:
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}}
                    spec:
                      terminationGracePeriodSeconds: 1
                      containers:
                      - name: app
                        image: %2$s
                        imagePullPolicy: IfNotPresent
                        resources: {limits: {memory: 192Mi}}
                """
                .formatted(name, image);
    }

    /** A policy for one app, sampled every two seconds. */
    static String policy(String name, String app, String more) {
        return """
                apiVersion: heapwarden.io/v1alpha1
                kind: MemoryPolicy
                metadata: {name: %s}
                spec:
                  selector: {matchLabels: {app: %s}}
                  sampling: {interval: 2s, histogram: {minInterval: 10s}}
                %s"""
                .formatted(name, app, more.indent(2));
    }

    /** A policy that restarts pods of one app, with rules such as {@code cooldown: 1h}. */
    static String enforcing(String app, String rules) {
        return restarting(app, "mode: Enforce\nrestart: {%s}".formatted(rules));
    }

    /** A policy whose response to a leak is a restart. */
    static String restarting(String app, String more) {
        return policy(app, app, more + "\nresponses: [{when: {state: Leaking}, actions: [Annotate, Event, Restart]}]");
    }

    /** A rule of a policy by which no restart is allowed today. */
    static String closedToday() {
        DayOfWeek day = LocalDate.now(ZoneOffset.UTC).plusDays(3).getDayOfWeek();
        return "windows: [{days: [%s], from: \"10:00\", to: \"10:01\"}]"
                .formatted(day.getDisplayName(TextStyle.SHORT, Locale.ROOT));
    }
}
