package io.heapwarden.security.podstandards;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.TCPSocketAction;
import io.fabric8.kubernetes.api.model.WindowsSecurityContextOptions;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a pod takes of its node: namespaces, ports, kernel settings, and hosts that the kubelet is made to call. All of it is forbidden by Baseline. */
final class HostChecks {

    /** Kernel settings that concern the pod alone. */
    static final Set<String> SYSCTLS = Set.of(
            "kernel.shm_rmid_forced",
            "net.ipv4.ip_local_port_range",
            "net.ipv4.ip_local_reserved_ports",
            "net.ipv4.ip_unprivileged_port_start",
            "net.ipv4.ping_group_range",
            "net.ipv4.tcp_fin_timeout",
            "net.ipv4.tcp_keepalive_intvl",
            "net.ipv4.tcp_keepalive_probes",
            "net.ipv4.tcp_keepalive_time",
            "net.ipv4.tcp_rmem",
            "net.ipv4.tcp_syncookies",
            "net.ipv4.tcp_wmem");

    private static final int MORE_SYSCTLS_SINCE = 37;
    private static final Set<String> MORE_SYSCTLS =
            Set.of("net.ipv4.tcp_notsent_lowat", "net.ipv4.tcp_slow_start_after_idle");

    private static final int PROBE_HOSTS_SINCE = 34;

    private HostChecks() {}

    static void check(CheckedPod pod, Violations out) {
        namespace(pod.spec().getHostNetwork(), "hostNetwork", "network", out);
        namespace(pod.spec().getHostPID(), "hostPID", "process table", out);
        namespace(pod.spec().getHostIPC(), "hostIPC", "shared memory", out);
        ports(pod, out);
        sysctls(pod, out);
        hostProcesses(pod, out);
        if (pod.minor() >= PROBE_HOSTS_SINCE) {
            pod.containers().forEach(container -> calledHosts(container, out));
        }
    }

    /** The kernel settings that a version allows. */
    static Set<String> allowedSysctls(int minor) {
        return minor < MORE_SYSCTLS_SINCE
                ? SYSCTLS
                : Stream.of(SYSCTLS, MORE_SYSCTLS).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    }

    private static void namespace(@Nullable Boolean shared, String field, String of, Violations out) {
        if (Boolean.TRUE.equals(shared)) {
            out.add(
                    "hostNamespaces",
                    PodStandard.Baseline,
                    "spec." + field,
                    "shares the " + of + " of its node",
                    "set spec." + field + ": false");
        }
    }

    private static void ports(CheckedPod pod, Violations out) {
        for (CheckedContainer container : pod.containers()) {
            List<ContainerPort> ports = container.ports();
            for (int i = 0; i < ports.size(); i++) {
                Integer port = ports.get(i).getHostPort();
                if (port != null && port != 0) {
                    out.add(
                            "hostPorts",
                            PodStandard.Baseline,
                            container,
                            "ports[" + i + "].hostPort",
                            "takes port " + port + " of its node",
                            "remove hostPort (and hostNetwork, which sets it) and reach the pod through a Service");
                }
            }
        }
    }

    private static void sysctls(CheckedPod pod, Violations out) {
        PodSecurityContext context = pod.context();
        for (int i = 0; context != null && i < context.getSysctls().size(); i++) {
            String name = String.valueOf(context.getSysctls().get(i).getName());
            if (!allowedSysctls(pod.minor()).contains(name)) {
                out.add(
                        "sysctls",
                        PodStandard.Baseline,
                        "spec.securityContext.sysctls[" + i + "].name",
                        "sets the kernel's " + Violations.quoted(name) + ", which may weaken the node or other pods",
                        "remove it from spec.securityContext.sysctls");
            }
        }
    }

    private static void hostProcesses(CheckedPod pod, Violations out) {
        PodSecurityContext context = pod.context();
        if (context != null && isHostProcess(context.getWindowsOptions())) {
            out.add(
                    "windowsHostProcess",
                    PodStandard.Baseline,
                    "spec.securityContext.windowsOptions.hostProcess",
                    "runs as processes of its Windows node",
                    "set spec.securityContext.windowsOptions.hostProcess: false");
        }
        for (CheckedContainer container : pod.containers()) {
            if (container.context() != null && isHostProcess(container.context().getWindowsOptions())) {
                out.add(
                        "windowsHostProcess",
                        PodStandard.Baseline,
                        container,
                        "securityContext.windowsOptions.hostProcess",
                        "runs as a process of its Windows node",
                        "set securityContext.windowsOptions.hostProcess: false for the container");
            }
        }
    }

    private static boolean isHostProcess(@Nullable WindowsSecurityContextOptions options) {
        return options != null && Boolean.TRUE.equals(options.getHostProcess());
    }

    /** With a host named, the kubelet can be made to call what only the node reaches. */
    private static void calledHosts(CheckedContainer container, Violations out) {
        container
                .probes()
                .forEach(named -> calls(
                        container,
                        named.field(),
                        named.probe().getHttpGet(),
                        named.probe().getTcpSocket(),
                        out));
        if (container.lifecycle() != null) {
            handler(container, "lifecycle.postStart", container.lifecycle().getPostStart(), out);
            handler(container, "lifecycle.preStop", container.lifecycle().getPreStop(), out);
        }
    }

    private static void handler(
            CheckedContainer container, String field, @Nullable LifecycleHandler handler, Violations out) {
        if (handler != null) {
            calls(container, field, handler.getHttpGet(), handler.getTcpSocket(), out);
        }
    }

    private static void calls(
            CheckedContainer container,
            String field,
            @Nullable HTTPGetAction http,
            @Nullable TCPSocketAction tcp,
            Violations out) {
        if (http != null) {
            calls(container, field + ".httpGet.host", http.getHost(), out);
        }
        if (tcp != null) {
            calls(container, field + ".tcpSocket.host", tcp.getHost(), out);
        }
    }

    private static void calls(CheckedContainer container, String field, @Nullable String host, Violations out) {
        if (host != null && !host.isEmpty()) {
            out.add(
                    "hostProbesAndHostLifecycle",
                    PodStandard.Baseline,
                    container,
                    field,
                    "makes the kubelet call the host " + Violations.quoted(host),
                    "remove host: without it the pod's own address is called");
        }
    }
}
