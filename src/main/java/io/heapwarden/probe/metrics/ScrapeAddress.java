package io.heapwarden.probe.metrics;

import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.probe.metrics.PodPorts.Port;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a container publishes metrics. Only what the pod declares is asked: a port it names in an annotation, or one whose name says that it is
 * there to be scraped. A port of the application that says nothing is never tried.
 *
 * @param candidates pages to ask, one after the other until one is there
 * @param reason why these, in words
 */
public record ScrapeAddress(List<URI> candidates, String reason) {

    static final String PREFIX = "heapwarden.io/metrics-";
    static final String PROMETHEUS = "prometheus.io/";

    /** Names people give to ports that are there to be scraped. */
    private static final List<String> PORT_NAMES =
            List.of("metrics", "http-metrics", "https-metrics", "prometheus", "jmx-metrics");

    /** Where the common frameworks publish: Prometheus' own convention and Micronaut's exporters, Spring Boot, Quarkus. */
    private static final List<String> PATHS = List.of("/metrics", "/actuator/prometheus", "/q/metrics");

    private static final Set<String> NO = Set.of("false", "none", "no", "off");
    private static final Pattern IP_LITERAL = Pattern.compile("[0-9a-fA-F:.]{2,45}");
    private static final Pattern PATH = Pattern.compile("/[!-~&&[^#]]{0,511}");
    private static final int LAST_PORT = 65535;

    /** Decides where to ask for the metrics of a container. */
    public static ProbeResult<ScrapeAddress> of(PodPorts pod, String container) {
        String ip = pod.ip();
        if (ip == null || !IP_LITERAL.matcher(ip).matches()) {
            return new Refusal<>(RefusalReason.NotRunning, "the pod has no address yet");
        }
        Declared own = Declared.in(pod, PREFIX);
        Declared prometheus = Declared.in(pod, PROMETHEUS);
        if (own.port() != null && NO.contains(own.port())) {
            return none("the annotation " + PREFIX + "port says \"" + own.port() + "\"");
        }
        if (own.port() == null && prometheus.declines()) {
            return none("the annotation prometheus.io/scrape says \"false\"; " + PREFIX
                    + "port names a port for Heapwarden alone");
        }
        String port = own.port() == null ? prometheus.port() : own.port();
        if (port != null) {
            String annotation = (own.port() == null ? PROMETHEUS : PREFIX) + "port";
            return annotated(pod, ip, container, port, annotation, own.over(prometheus));
        }
        return named(pod, ip, container, prometheus.asks() || own.path() != null, own.over(prometheus));
    }

    private static ProbeResult<ScrapeAddress> annotated(
            PodPorts pod, String ip, String container, String port, String annotation, Declared declared) {
        Port found = pod.ports().stream()
                .filter(candidate -> port.equals(candidate.name()) || port.equals(String.valueOf(candidate.number())))
                .findFirst()
                .orElse(null);
        String owner = declared.container() != null ? declared.container() : found == null ? null : found.container();
        int number = found == null ? number(port) : found.number();
        if (number < 0) {
            return none("the annotation " + annotation + " says \"" + shortened(port)
                    + "\", which is neither a port number nor the name of a declared port");
        }
        if (owner == null && pod.containers().size() == 1) {
            owner = container;
        }
        if (owner == null) {
            return none("port " + number + " of the annotation " + annotation + " is declared by none of the pod's "
                    + pod.containers().size() + " containers: say whose it is with the annotation " + PREFIX
                    + "container, or declare the port");
        }
        if (!owner.equals(container)) {
            return none("port " + number + " of the annotation " + annotation + " is container " + owner + "'s");
        }
        return address(ip, number, declared, List.of("/metrics"), "annotation " + annotation);
    }

    private static ProbeResult<ScrapeAddress> named(
            PodPorts pod, String ip, String container, boolean asked, Declared declared) {
        List<Port> ports = pod.ports().stream()
                .filter(port -> port.container().equals(container))
                .toList();
        for (String name : PORT_NAMES) {
            for (Port port : ports) {
                if (name.equals(port.name())) {
                    Declared scheme = name.startsWith("https") ? declared.orHttps() : declared;
                    return address(ip, port.number(), scheme, PATHS, "container port named " + name);
                }
            }
        }
        if (asked && ports.size() == 1 && pod.containers().size() == 1) {
            return address(
                    ip, ports.get(0).number(), declared, List.of("/metrics"), "the only port of a pod to be scraped");
        }
        return none((asked ? "the annotations ask for scraping and name no port" : "no annotation names a port")
                + ", and no port of the container is called " + String.join(", ", PORT_NAMES)
                + ": set the annotation " + PREFIX + "port, and " + PREFIX + "path if it is not /metrics");
    }

    private static ProbeResult<ScrapeAddress> address(
            String ip, int port, Declared declared, List<String> usualPaths, String reason) {
        String scheme = declared.scheme() == null ? "http" : declared.scheme();
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return none("the scheme in the annotations is \"" + shortened(scheme) + "\"; use http or https");
        }
        String path = declared.path();
        if (path != null && !path.startsWith("/")) {
            path = "/" + path;
        }
        if (path != null && !PATH.matcher(path).matches()) {
            return none("the path in the annotations is none: \"" + shortened(path) + "\"");
        }
        String host = ip.indexOf(':') < 0 ? ip : "[" + ip + "]";
        try {
            List<URI> candidates = new java.util.ArrayList<>();
            for (String candidate : path == null ? usualPaths : List.of(path)) {
                candidates.add(new URI(scheme + "://" + host + ":" + port + candidate));
            }
            return new Success<>(new ScrapeAddress(List.copyOf(candidates), reason));
        } catch (URISyntaxException e) {
            return none("the address that the annotations give is none: \"" + shortened(String.valueOf(path)) + "\"");
        }
    }

    private static int number(String port) {
        if (!port.matches("[0-9]{1,5}")) {
            return -1;
        }
        int number = Integer.parseInt(port);
        return number < 1 || number > LAST_PORT ? -1 : number;
    }

    private static String shortened(String foreign) {
        byte[] bytes = foreign.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        String quoted = SampleLine.quote(bytes, 0, bytes.length);
        return quoted.substring(1, quoted.length() - 1);
    }

    private static <T> ProbeResult<T> none(String why) {
        return new Refusal<>(RefusalReason.NoMetricsEndpoint, why);
    }

    /** The annotations of one prefix. */
    private record Declared(
            @Nullable String scrape,
            @Nullable String port,
            @Nullable String path,
            @Nullable String scheme,
            @Nullable String container) {

        static Declared in(PodPorts pod, String prefix) {
            return new Declared(
                    get(pod, prefix + "scrape"),
                    get(pod, prefix + "port"),
                    get(pod, prefix + "path"),
                    get(pod, prefix + "scheme"),
                    get(pod, prefix + "container"));
        }

        private static @Nullable String get(PodPorts pod, String key) {
            String value = pod.annotations().get(key);
            return value == null || value.isBlank() ? null : value.strip();
        }

        boolean declines() {
            return scrape != null && NO.contains(scrape);
        }

        boolean asks() {
            return "true".equals(scrape);
        }

        /** What is declared for the same page here, and there where nothing is here. A path belongs to its port. */
        Declared over(Declared other) {
            boolean samePort = port == null || port.equals(other.port);
            return new Declared(
                    null,
                    port == null ? other.port : port,
                    path == null && samePort ? other.path : path,
                    scheme == null && samePort ? other.scheme : scheme,
                    container);
        }

        Declared orHttps() {
            return new Declared(scrape, port, path, scheme == null ? "https" : scheme, container);
        }
    }
}
