package io.heapwarden.operator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How the operator process itself runs; each setting is also an environment variable, {@code HEAPWARDEN_NAMESPACES} for the first. */
@ConfigMapping(prefix = "heapwarden")
public interface OperatorSettings {

    /** Namespaces to watch; empty means all. */
    Optional<Set<String>> namespaces();

    /** Namespace the operator runs in, where its Lease is kept; empty means the current context's. */
    Optional<String> podNamespace();

    /** Name of the operator's own pod, which its Events carry. */
    Optional<String> podName();

    Sampling sampling();

    Channels channels();

    Restarts restarts();

    /** File with the receivers of notices, in YAML; empty means none. docs/notifications.md has its form. */
    Optional<String> notifyFile();

    Evidence evidence();

    Falco falco();

    Audit audit();

    Otlp otlp();

    /** What is said of each act. It is in the log in any case. */
    interface Audit {

        /** File that is appended to; empty means none. */
        Optional<String> file();
    }

    /** Where spans go. */
    interface Otlp {

        /** Address of an OpenTelemetry collector, OTLP over HTTP; empty turns tracing off. */
        Optional<String> endpoint();

        /** Directory in which each file is a header of every request to it; empty means none. */
        Optional<String> headers();
    }

    /** How events of Falco come in; not at all, if nothing is set. */
    interface Falco {

        /** Whether to receive them by HTTP. */
        @WithDefault("false")
        boolean http();

        @WithDefault("2802")
        int port();

        /** File with the token that senders need. */
        Optional<String> tokenFile();

        /** Directory with tls.crt, tls.key and, for client certificates, ca.crt; empty means plain HTTP. */
        Optional<String> certificates();

        /** Addresses of Falcos up to 0.43 that are asked by gRPC: unix:///path or host:port. */
        Optional<List<String>> grpc();

        /** Directory with tls.crt, tls.key and ca.crt, for those with host and port. */
        Optional<String> grpcCertificates();
    }

    /** Where evidence is kept; nowhere, if neither a directory nor a bucket is given. */
    interface Evidence {

        /** Directory, as a rule a mounted volume; goes before S3. */
        Optional<String> directory();

        S3 s3();

        Retention retention();
    }

    /** Object storage that speaks S3. */
    interface S3 {

        Optional<String> bucket();

        @WithDefault("us-east-1")
        String region();

        /** Address of a store that is not AWS; the bucket is then named in the path. */
        Optional<String> endpoint();

        /** Put before every key. */
        Optional<String> prefix();

        /** Directory of a mounted Secret with accessKeyId and secretAccessKey; empty means the SDK's own chain. */
        Optional<String> credentials();

        /** How long a signed link opens a bundle for whoever has it; 0s means no links. */
        @WithDefault("0s")
        Duration links();
    }

    /** How much evidence is kept. */
    interface Retention {

        @WithDefault("30d")
        String maxAge();

        @WithDefault("20Gi")
        String maxTotalSize();

        @WithDefault("10")
        int maxPerWorkload();
    }

    /** What the installation allows of what policies want. */
    interface Restarts {

        /** Least time between two restarts, over all policies: a bad release is no storm. */
        @WithDefault("3m")
        Duration between();

        /** Whether workloads may be changed, which RolloutRestart needs. */
        @WithDefault("false")
        boolean rollout();

        /** Whether running pods may be given a higher memory limit, which ResizeThenEvict needs. */
        @WithDefault("false")
        boolean resize();
    }

    /** Ways to a JVM that this installation has beyond exec and metrics endpoints. */
    interface Channels {

        /** Image of the probe program, for debug containers; empty turns the channel EphemeralContainer off. */
        Optional<String> probeImage();

        /** Whether the nodes' kubelets are asked for the memory of containers. */
        @WithDefault("false")
        boolean kubelet();

        /** Whether any certificate of a kubelet is accepted. */
        @WithDefault("false")
        boolean kubeletInsecureTls();
    }

    /** How often and how much is asked at once. */
    interface Sampling {

        /** Containers asked at the same time, over all pods; fewer while the API server is slow. */
        @WithDefault("16")
        int maxConcurrent();

        /** Containers of one node asked at the same time, so that a slow node keeps nobody else waiting. */
        @WithDefault("4")
        int maxConcurrentPerNode();

        /** A sampling run that takes longer is given up: its place is freed, and the pod waits for its next turn. */
        @WithDefault("90s")
        Duration hardTimeout();
    }
}
