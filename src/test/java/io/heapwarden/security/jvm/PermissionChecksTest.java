package io.heapwarden.security.jvm;

import static io.heapwarden.security.Severity.Low;
import static io.heapwarden.security.Severity.Medium;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.security.Observation;
import io.heapwarden.security.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PermissionChecksTest {

    @Test
    void eachPermissionThatIsNotNeededIsToldByItself() {
        assertThat(Facts.good().rights(0, 0L, true, 2, false).rules()).containsExactly("runs-as-root");
        assertThat(Facts.good().rights(1000, 0L, false, 2, false).rules()).containsExactly("new-privileges-allowed");
        assertThat(Facts.good().rights(1000, 0L, true, 0, false).rules()).containsExactly("seccomp-off");
        assertThat(Facts.good().rights(1000, 0L, true, 2, true).rules()).containsExactly("root-writable");
        assertThat(Facts.good().rights(null, null, null, null, null).rules()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"400, ", "a80425fb, Medium", "200000, High", "1ffffffffff, High"})
    void capabilitiesAreAsBadAsTheWorst(String mask, Severity expected) {
        assertThat(Facts.good()
                        .rights(1000, Long.parseLong(mask, 16), true, 2, false)
                        .severity(JvmCheck.Capabilities))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Dspring.datasource.password",
                "-Djavax.net.ssl.keyStorePassword",
                "-Dclient.secret",
                "-DAPI_KEY",
                "-Dauth.token",
                "--db.passwd",
                "-storepass"
            })
    void aSecretIsToldByItsNameAndNeverByItsValue(String option) {
        List<Observation> found =
                JvmCheck.SecretInOptions.observe(Facts.good().options(option).look(), "app");

        assertThat(found).hasSize(1);
        assertThat(found.getFirst().severity()).isEqualTo(Medium);
        assertThat(Facts.good().variable("JAVA_TOOL_OPTIONS", option).severity(JvmCheck.SecretInOptions))
                .isEqualTo(Low);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Dtoken.enabled=true",
                "-Dcom.sun.management.jmxremote.password.file=/etc/jmx",
                "-Dsecret.path",
                "-Dtoken.ttl",
                "-Dserver.port",
                "-javaagent:/secret/agent.jar"
            })
    void namesThatOnlyLookLikeSecretsAreNoFinding(String option) {
        assertThat(Facts.good().options(option).severity(JvmCheck.SecretInOptions))
                .isNull();
    }
}
