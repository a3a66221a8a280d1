package io.heapwarden.probe;

/** The ways to a JVM. Each says beforehand what it needs, what it costs and what it sees; docs/channels.md has the same words. */
public enum ChannelKind {
    Metrics(
            "metrics endpoint",
            false,
            "that the application publishes; a network path to the pod; nothing of Kubernetes",
            "one GET of 10 to 200 KB from the pod, no API request, no process",
            "heap now and after a collection, metaspace, classes, threads, direct buffers, collections; with `channels.kubelet` the container's memory, too"),
    Exec(
            "exec",
            true,
            "`get` and `create` on `pods/exec`; `sh` and `cat` in the image",
            "one API request; a shell: 27 ms of processor time and 2 MiB for a moment (runc's own exec not counted)",
            "everything; histograms where there is `jcmd` (or `jdk.jcmd`) and 32 MiB of room: 255 to 360 ms of processor time and 45 to 54 MiB"),
    EphemeralContainer(
            "ephemeral container",
            true,
            "`patch` on `pods/ephemeralcontainers`, and as `Exec`; user and group of the application are known",
            "one debug container for the rest of the pod's life, 108 KiB; one API request; 1 to 13 ms and 190 KiB",
            "everything; histograms with 4 MiB of room"),
    Kubelet(
            "kubelet",
            false,
            "`get` on `nodes/stats`; a network path to port 10250 of the nodes",
            "one GET a node in 30 s, no API request",
            "anonymous memory and working set of every container, and nothing of the JVM"),
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
