package io.heapwarden.security.jvm;

import static io.heapwarden.security.Severity.Critical;
import static io.heapwarden.security.Severity.High;
import static io.heapwarden.security.Severity.Low;
import static io.heapwarden.security.Severity.Medium;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.security.Severity;
import io.heapwarden.security.jvm.JvmFacts.Owner;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DoorChecksTest {

    private static final String JMX = "-Dcom.sun.management.jmxremote.";

    @ParameterizedTest
    @MethodSource("debuggers")
    void aDebuggerIsAsBadAsItsReach(String options, String version, Severity expected) {
        assertThat(Facts.good().options(options).version(version).severity(JvmCheck.DebugPortOpen))
                .isEqualTo(expected);
    }

    static Stream<Arguments> debuggers() {
        return Stream.of(
                arguments("jdwp,server=y,address=*:5005", "21.0.13", Critical),
                arguments("jdwp,server=y,address=0.0.0.0:5005", "21.0.13", Critical),
                arguments("jdwp,server=y,address=localhost:5005", "21.0.13", Medium),
                arguments("jdwp,server=y,address=127.0.0.1:5005", "8u512", Medium),
                arguments("jdwp,server=y,address=5005", "8u512", Critical),
                arguments("jdwp,server=y,address=5005", "21.0.13", Medium),
                arguments("jdwp,server=y", "21.0.13", Medium),
                arguments("jdwp,server=n,address=there:5005", "21.0.13", High),
                arguments("jdwp,server=y,address=*:5005,onjcmd=y", "21.0.13", Low));
    }

    private static Arguments arguments(Object... all) {
        return Arguments.of(all);
    }

    @Test
    void theSocketsKnowBetterThanTheOptionsWhatIsOpen() {
        Facts said = Facts.good().options("jdwp,server=y,address=5005").version("21.0.13");

        assertThat(said.socket(5005, false, Owner.Jvm).severity(JvmCheck.DebugPortOpen))
                .isEqualTo(Critical);
    }

    @Test
    void aDebuggerByOptionsThatWereNotSeenIsFoundByItsLibrary() {
        assertThat(Facts.good().code(Facts.HOME + "/lib/libjdwp.so").severity(JvmCheck.DebugPortOpen))
                .isEqualTo(High);
    }

    @Test
    void jmxWithoutPasswordOrTlsCountsWhereItIsOpen() {
        Facts open = Facts.good()
                .options(JMX + "port=9010", JMX + "authenticate=false", JMX + "ssl=false")
                .socket(9010, false, Owner.Jvm);

        assertThat(open.severity(JvmCheck.JmxWithoutAuthentication)).isEqualTo(Critical);
        assertThat(open.severity(JvmCheck.JmxWithoutTls)).isEqualTo(Medium);
        assertThat(open.severity(JvmCheck.NoDeserialisationFilter)).isEqualTo(Medium);
    }

    @Test
    void jmxOnTheLoopbackInterfaceIsMilder() {
        Facts open = Facts.good()
                .options(JMX + "port=9010", JMX + "host=127.0.0.1", JMX + "authenticate=false", JMX + "ssl=false")
                .socket(9010, true, Owner.Jvm);

        assertThat(open.severity(JvmCheck.JmxWithoutAuthentication)).isEqualTo(Medium);
        assertThat(open.severity(JvmCheck.JmxWithoutTls)).isEqualTo(Low);
    }

    @Test
    void jmxThatIsNotOpenIsNoFinding() {
        Facts elsewhere = Facts.good()
                .options(JMX + "port=9010", JMX + "authenticate=false", JMX + "ssl=false")
                .socket(8080, true, Owner.Jvm);

        assertThat(elsewhere.look().observations("app")).isEmpty();
    }

    @Test
    void jmxWithPasswordTlsAndFilterIsNoFinding() {
        Facts safe =
                Facts.good().options(JMX + "port=9010", "-Djdk.serialFilter").socket(9010, true, Owner.Jvm);

        assertThat(safe.look().observations("app")).isEmpty();
    }

    @Test
    void aMissingFilterIsMilderWhereAPasswordIsAsked() {
        assertThat(Facts.good()
                        .options(JMX + "port=9010")
                        .socket(9010, false, Owner.Jvm)
                        .severity(JvmCheck.NoDeserialisationFilter))
                .isEqualTo(Low);
        assertThat(Facts.good().options("-Djava.rmi.server.hostname").severity(JvmCheck.NoDeserialisationFilter))
                .isEqualTo(Medium);
    }

    @Test
    void portsThatAreNotDeclaredAreFoundOnceEach() {
        Facts open = Facts.good()
                .socket(8080, false, Owner.Jvm)
                .socket(9999, false, Owner.Jvm)
                .socket(7777, true, Owner.Jvm)
                .socket(6666, false, Owner.Other)
                .socket(5555, false, Owner.Unknown)
                .socket(40_001, false, Owner.Jvm)
                .socket(40_002, false, Owner.Jvm);
        JvmLook look = JvmLook.first(open.build(), new PodExpectations(Set.of(8080), Set.of()), Facts.NOW);

        assertThat(JvmCheck.UndeclaredPort.observe(look, "app"))
                .extracting(observation -> observation.key().subject())
                .containsExactly("port 9999", "port 5555", "port of the kernel's choice");
    }
}
