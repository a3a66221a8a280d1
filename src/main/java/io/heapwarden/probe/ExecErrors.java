package io.heapwarden.probe;

import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import java.util.List;
import java.util.Locale;

/**
 * Tells why an exec came to nothing, from the words of the API server, the kubelet and the container runtime; there is no field that says it.
 * The recorded words are in the tests.
 */
final class ExecErrors {

    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    /** containerd and runc; CRI-O with crun; some runtimes say it on the standard output instead. */
    private static final List<String> NO_SHELL = List.of(
            "executable file not found",
            "executable file `sh` not found",
            "exec: \"sh\": stat sh: no such file",
            "stat sh: no such file",
            "exec sh: no such file");

    private static final List<String> NOT_RUNNING = List.of(
            "container not found",
            "is not running",
            "not running",
            "stopped state",
            "paused container",
            "completed pod",
            "is not created or running",
            "container_exited",
            "is waiting to start",
            "pod does not exist",
            "not found in pod",
            "does not have a host assigned");

    /** An admission webhook, a ValidatingAdmissionPolicy, and the plug-ins of the API server. */
    private static final List<String> ADMISSION = List.of("admission webhook", "validatingadmissionpolicy", "denied");

    private ExecErrors() {}

    /**
     * @param code HTTP status, 0 when there was none
     * @param words what was said
     */
    static <T> ProbeResult<T> of(int code, String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        String said = Frame.shortened(words);
        if (says(lower, NO_SHELL)) {
            return noShell(said);
        }
        // Admission rules choose their own status code, so the words count more.
        if (code == FORBIDDEN || says(lower, ADMISSION)) {
            return new Refusal<>(
                    RefusalReason.ExecForbidden,
                    says(lower, ADMISSION)
                            ? "an admission rule of the cluster forbids exec: " + said
                            : "Heapwarden's service account may not exec; grant it get and create on pods/exec: " + said);
        }
        if (code == NOT_FOUND || says(lower, NOT_RUNNING)) {
            return new Refusal<>(RefusalReason.NotRunning, said);
        }
        return new Failure<>(FailureReason.Unavailable, code == 0 ? said : "HTTP " + code + ": " + said);
    }

    /** Whether a command's end code and output mean that it never began: a shell says 126 or 127, and the runtime why. */
    static boolean meansNoShell(String message, String output) {
        return (message.contains("exit code 126") || message.contains("exit code 127") || message.contains("exit code 128"))
                && says(output.toLowerCase(Locale.ROOT), NO_SHELL);
    }

    static <T> Refusal<T> noShell(String said) {
        return new Refusal<>(
                RefusalReason.NoShell, "the image has no shell to run a probe with. Base it on one that has sh: " + said);
    }

    private static boolean says(String words, List<String> any) {
        return any.stream().anyMatch(words::contains);
    }
}
