package io.heapwarden.probe;

/** The ways to a JVM. Each says beforehand what it needs, what it costs and what it sees; docs/channels.md is made of these words and of figures. */
public enum ChannelKind {
    Metrics(
            "metrics endpoint",
            false,
            "nothing of Kubernetes; the network lets Heapwarden reach the pod's port",
            "one HTTP request to the pod, none to the API server",
            "heap after collections, metaspace, classes, threads, direct buffers; with the kubelet also the container's memory"),
    Exec(
            "exec",
            true,
            "get and create on pods/exec; sh and cat in the image",
            "one request to the API server, and a shell of about 1 MiB for 15 to 30 ms in the container",
            "everything; class histograms where the image has jcmd and the limit leaves it 32 MiB"),
    EphemeralContainer(
            "ephemeral container",
            true,
            "get and create on pods/exec, patch on pods/ephemeralcontainers; the user and group of the application are known",
            "one debug container for the rest of the pod's life, under 1 MiB; then one request to the API server",
            "everything, in images without shell or jcmd too"),
    Kubelet(
            "kubelet",
            false,
            "get on nodes/stats; the network lets Heapwarden reach the nodes' kubelets",
            "one request to each node's kubelet for all its pods, none to the API server",
            "the container's memory, and nothing of the JVM"),
    LocalProcess(
            "local process",
            true,
            "the same machine, and the same user or root",
            "a few files read",
            "everything; class histograms");

    private final String words;
    private final boolean asksJvm;
    private final String needs;
    private final String costs;
    private final String sees;

    ChannelKind(String words, boolean asksJvm, String needs, String costs, String sees) {
        this.words = words;
        this.asksJvm = asksJvm;
        this.needs = needs;
        this.costs = costs;
        this.sees = sees;
    }

    /** As it is called in a sentence. */
    public String words() {
        return words;
    }

    /** Whether it can send a JVM diagnostic commands, such as for a class histogram. */
    public boolean asksJvm() {
        return asksJvm;
    }

    /** Rights and whatever else must be there. */
    public String needs() {
        return needs;
    }

    /** What one sample costs, and whom. */
    public String costs() {
        return costs;
    }

    /** What it can tell. */
    public String sees() {
        return sees;
    }
}
