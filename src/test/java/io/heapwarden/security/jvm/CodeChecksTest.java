package io.heapwarden.security.jvm;

import static io.heapwarden.security.Severity.Critical;
import static io.heapwarden.security.Severity.High;
import static io.heapwarden.security.Severity.Low;
import static io.heapwarden.security.Severity.Medium;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.security.jvm.JvmFacts.MappedCode;
import io.heapwarden.security.jvm.JvmFacts.OtherProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeChecksTest {

    @Test
    void codeIsAsSuspectAsWhereItIsFrom() {
        assertThat(Facts.good().deletedCode("/memfd:x").severity(JvmCheck.CodeFromMemory))
                .isEqualTo(Critical);
        assertThat(Facts.good().deletedCode("/app/x.so").severity(JvmCheck.CodeFromDeletedFile))
                .isEqualTo(High);
        assertThat(Facts.good().deletedCode("/app/x.jar").severity(JvmCheck.CodeFromDeletedFile))
                .isEqualTo(Medium);
        assertThat(Facts.good().code("/dev/shm/x.so").severity(JvmCheck.CodeFromTemporaryFile))
                .isEqualTo(High);
        assertThat(Facts.good().deletedCode("/tmp/x.so").severity(JvmCheck.CodeFromTemporaryFile))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "libnetty_transport_native_epoll_x86_6410374622.so",
                "libio_netty_netty_tcnative_linux_x86_6412345.so",
                "jna13912435782043.tmp",
                "snappy-1.1.10.5-4a5e-libsnappyjava.so",
                "libzstd-jni-1.5.5-104815162342.so",
                "librocksdbjni8312.so",
                "sqlite-3.46.0-0a1b2c3d-libsqlitejdbc.so",
                "libconscrypt_openjdk_jni-linux-x86_64123.so",
                "liblz4-java-123.so",
                "jansi-2.4.0-1234567890abcdef-libjansi.so"
            })
    void whatKnownLibrariesUnpackIsMild(String name) {
        assertThat(Facts.good().code("/tmp/" + name).severity(JvmCheck.CodeFromTemporaryFile))
                .isEqualTo(Low);
        assertThat(Facts.good().deletedCode("/tmp/" + name).severity(JvmCheck.CodeFromDeletedFile))
                .isEqualTo(Low);
    }

    @Test
    void anUnpackedLibraryIsTheSameFindingInTheNextLife() {
        assertThat(JvmCheck.CodeFromTemporaryFile.observe(
                        Facts.good()
                                .code("/tmp/libzstd-jni-1.5.5-104815162342.so")
                                .look(),
                        "app"))
                .isEqualTo(JvmCheck.CodeFromTemporaryFile.observe(
                        Facts.good()
                                .code("/tmp/libzstd-jni-1.5.5-223606797749.so")
                                .look(),
                        "app"));
    }

    @ParameterizedTest
    @CsvSource({
        "sh, /bin/dash, ShellStarted",
        "x, /usr/bin/python3.11, ShellStarted",
        "sh, /bin/busybox, ShellStarted",
        "wget, /bin/busybox, DownloadToolStarted",
        "x, /usr/bin/curl, DownloadToolStarted",
        "apt, /usr/bin/apt-get, PackageManagerStarted",
        "x, /tmp/x, UnknownProgramStarted",
    })
    void whatTheJvmStartedIsToldByItsFile(String name, String program, JvmCheck check) {
        assertThat(Facts.good().child(name, program).rules()).containsExactly(check.id());
    }

    @ParameterizedTest
    @CsvSource({"gs, /usr/bin/gs", "sh, /usr/bin/convert", "ls, /bin/busybox"})
    void otherProgramsAreNoFinding(String name, String program) {
        assertThat(Facts.good().child(name, program).rules()).isEmpty();
    }

    @Test
    void aProgramThatIsGoneOrYoungerThanTheJvmIsUnknown() {
        assertThat(Facts.good()
                        .process(new OtherProcess(9, 1, "x", 1000, new MappedCode("/app/x", true), false, false, true))
                        .severity(JvmCheck.UnknownProgramStarted))
                .isEqualTo(Critical);
        assertThat(Facts.good()
                        .process(new OtherProcess(9, 1, "x", 1000, new MappedCode("/app/x", false), true, false, true))
                        .severity(JvmCheck.UnknownProgramStarted))
                .isEqualTo(Critical);
    }

    @Test
    void aShellThatTheJvmDidNotStartIsNoFinding() {
        assertThat(Facts.good()
                        .process(new OtherProcess(
                                9, 0, "sh", 1000, new MappedCode("/bin/sh", false), true, false, false))
                        .rules())
                .isEmpty();
    }
}
