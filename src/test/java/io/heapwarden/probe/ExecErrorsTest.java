package io.heapwarden.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The words of Kubernetes 1.34 with containerd and runc as they came, and of CRI-O, crun and admission webhooks as their sources print them. */
class ExecErrorsTest {

    private static final String RUNC =
            "Internal error occurred: error executing command in container: failed to exec in container: failed to start exec"
                    + " \"38983b224cfd\": OCI runtime exec failed: exec failed: unable to start container process: exec: \"sh\": executable file"
                    + " not found in $PATH: unknown";
    private static final String RBAC =
            "pods \"plain\" is forbidden: User \"system:serviceaccount:probe-try:nobody\" cannot get resource \"pods/exec\" in API group \"\" in"
                    + " the namespace \"probe-try\"";
    private static final String POLICY =
            "pods \"plain\" is forbidden: ValidatingAdmissionPolicy 'no-exec' with binding 'no-exec' denied request: no shells in this"
                    + " namespace";
    private static final String WEBHOOK =
            "admission webhook \"validate.kyverno.svc-fail\" denied the request: policy PodExec/shop/app for resource violation";

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(0, RUNC, RefusalReason.NoShell),
                Arguments.of(0, "exec failed: exec: \"sh\": stat sh: no such file or directory", RefusalReason.NoShell),
                Arguments.of(
                        0,
                        "command error: executable file `sh` not found in $PATH: No such file or directory",
                        RefusalReason.NoShell),
                Arguments.of(403, RBAC, RefusalReason.ExecForbidden),
                Arguments.of(422, POLICY, RefusalReason.ExecForbidden),
                Arguments.of(400, WEBHOOK, RefusalReason.ExecForbidden),
                Arguments.of(404, "pods \"missing\" not found", RefusalReason.NotRunning),
                Arguments.of(500, "container not found (\"app\")", RefusalReason.NotRunning),
                Arguments.of(
                        400,
                        "cannot exec into a container in a completed pod; current phase is Succeeded",
                        RefusalReason.NotRunning),
                Arguments.of(0, "cannot exec in a stopped state: unknown", RefusalReason.NotRunning),
                Arguments.of(0, "container is in CONTAINER_EXITED state", RefusalReason.NotRunning));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void tellsWhyAnExecIsRefused(int code, String words, RefusalReason reason) {
        assertThat(ExecErrors.of(code, words))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }

    @Test
    void tellsRbacFromAdmissionAndSaysBothInTheirOwnWords() {
        assertThat(((Refusal<?>) ExecErrors.of(403, RBAC)).detail())
                .startsWith(
                        "Heapwarden's service account may not exec; grant it get and create on pods/exec: pods \"plain\"")
                .endsWith("in the namespace \"probe-try\"");
        assertThat(((Refusal<?>) ExecErrors.of(403, POLICY)).detail())
                .startsWith("an admission rule of the cluster forbids exec: ")
                .endsWith("no shells in this namespace");
    }

    @Test
    void whatPassesIsAFailure() {
        assertThat(ExecErrors.of(503, "apiserver is shutting down"))
                .isEqualTo(new Failure<>(FailureReason.Unavailable, "HTTP 503: apiserver is shutting down"));
        assertThat(ExecErrors.of(0, "java.net.ConnectException: Connection refused"))
                .isEqualTo(new Failure<>(FailureReason.Unavailable, "java.net.ConnectException: Connection refused"));
    }

    @Test
    void aRuntimeMaySayItOnTheOutput() {
        assertThat(ExecErrors.meansNoShell("command terminated with non-zero exit code: exit code 126", RUNC))
                .isTrue();
        assertThat(ExecErrors.meansNoShell("command terminated with non-zero exit code: exit code 1", RUNC))
                .isFalse();
        assertThat(ExecErrors.meansNoShell(
                        "command terminated with non-zero exit code: exit code 127", "jcmd: not found"))
                .isFalse();
    }
}
