package io.heapwarden.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No value whose name or shape means a secret is left; all names are. */
class SecretMaskTest {

    private static final String PEM = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nIBAAK\n-----END RSA PRIVATE KEY-----";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-Dspring.datasource.password=my secret -Xmx1g -Dx=y | -Dspring.datasource.password=*** -Xmx1g -Dx=y",
                "java_command: app.jar --token abc def --port 1 | java_command: app.jar --token *** --port 1",
                "db.password = x -y z | db.password = ***",
                "DB_PASSWORD=x | DB_PASSWORD=***",
                "{\"apiKey\": \"x\"} | {\"apiKey\": ***",
                "url=jdbc:postgresql://u:p@ss/w@db:5432/x | url=jdbc:postgresql://u:***@db:5432/x",
                "jdbc:oracle:thin:scott/tiger@//h:1/s | jdbc:oracle:thin:scott/***@//h:1/s",
                "jdbc:sqlserver://h;user=sa;password=x;y=z | jdbc:sqlserver://h;user=sa;password=***",
                "https://ghp_x@github.com/a | https://***@github.com/a",
                "curl -H Bearer abc.def | curl -H Bearer ***",
                "id AKIAABCDEFGHIJKLMNOP here | id *** here",
                "x eyJhbGciOiJIUzI1NiJ9.e30.abc-_ y | x *** y",
                "javax.net.ssl.keyStorePassword=changeit | javax.net.ssl.keyStorePassword=***",
                "-storepass changeit -keystore k.p12 | -storepass *** -keystore k.p12",
                "app.encryption.key=00ff | app.encryption.key=***",
                "JAVA_TOOL_OPTIONS=-Dapp.secret=x -Xss1m | JAVA_TOOL_OPTIONS=-Dapp.secret=*** -Xss1m",
                "sasl.jaas.config=PlainLoginModule required username=a password=b; | sasl.jaas.config=***",
            })
    void masks(String text, String masked) {
        assertThat(SecretMask.text(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-XX:+UseG1GC -XX:MaxHeapSize=536870912 -XX:InitialRAMPercentage=25.0",
                "java.class.path=/app/secret-lib.jar:/app/token/y.jar",
                "java.vm.specification.vendor=Oracle Corporation",
                "javax.net.ssl.keyStore=/etc/keys/k.p12",
                "jdbc:postgresql://db:5432/orders",
                "http://www.example.com/a?b=c",
                "VM Arguments:\njvm_args: -Xmx1g\njava_command: com.shop.Main --port 8080\n",
                "password=",
                "",
            })
    void leavesWhatIsNoSecret(String text) {
        assertThat(SecretMask.text(text)).isEqualTo(text);
    }

    @Test
    void blocksOfKeysGoOverLinesAlsoWithoutAnEnd() {
        assertThat(SecretMask.text("a\n" + PEM + "\nb"))
                .isEqualTo("a\n-----BEGIN RSA PRIVATE KEY-----***-----END RSA PRIVATE KEY-----\nb");
        assertThat(SecretMask.text(PEM.substring(0, 45))).doesNotContain("MIIE");
        assertThat(SecretMask.shapes("x=" + PEM)).doesNotContain("MIIE", "IBAAK");
    }

    @Test
    void aValueThatGoesOnInTheNextLineIsMaskedThereToo() {
        assertThat(SecretMask.text("app.secret=abc\\\n  def\\\n  ghi\nuser.dir=/x"))
                .isEqualTo("app.secret=***\n***\n***\nuser.dir=/x");
    }

    @Property
    void noSecretIsLeftAndEveryNameIs(
            @ForAll("names") String name, @ForAll("secrets") String secret, @ForAll("places") String place) {
        String masked = SecretMask.text(place.formatted(name, secret));

        assertThat(masked).doesNotContain(secret).contains(name).contains(SecretMask.MASK);
    }

    @Property
    void passwordsOfAddressesAreNotLeft(@ForAll("secrets") String secret) {
        String masked = SecretMask.text("spring.datasource.url=jdbc:mysql://shop:" + secret + "@db.shop:3306/orders");

        assertThat(masked).doesNotContain(secret).contains("mysql://shop:").endsWith("@db.shop:3306/orders");
    }

    @Property
    void maskingTwiceChangesNothingAndKeepsTheLines(@ForAll String text) {
        String once = SecretMask.text(text);

        assertThat(SecretMask.text(once)).isEqualTo(once);
    }

    /** Text made to have a pattern try again at every character; quadratic work would not end within the test. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "eyJaaaaaaaa-",
                "token ",
                "-token -x ",
                "://a",
                "://:@",
                "thin:",
                "bearer ",
                "a.",
                "=-",
                "-----BEGIN ",
                "\\",
                "password= -"
            })
    void hostileTextCostsNoMoreThanLongText(String unit) {
        String text = unit.repeat((1 << 20) / unit.length()) + "@";

        assertThat(SecretMask.text(text)).isNotNull();
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of(
                "db.password",
                "DB_PASSWORD",
                "dbPasswd",
                "api-key",
                "apiKey",
                "AWS_SECRET_ACCESS_KEY",
                "github.token",
                "azure.client-secret",
                "service.credentials",
                "private_key",
                "keystore.pass",
                "ssl.trust-store-passphrase",
                "encryption.key");
    }

    @Provide
    Arbitrary<String> secrets() {
        return Arbitraries.strings()
                .withCharRange('!', '~')
                .excludeChars('"', '\'', '<', '>', '*')
                .ofMinLength(6)
                .ofMaxLength(40)
                .map(secret -> "s3" + secret + "cr");
    }

    @Provide
    Arbitrary<String> places() {
        return Arbitraries.of(
                "%s=%s",
                "%s = %s",
                "%s: %s",
                "-D%s=%s",
                "jvm_args: -Xmx1g -D%s=%s -Xss1m",
                "java_command: app.jar --%s %s --port 1",
                "java_command: app.jar --%s=%s",
                "export %s=%s",
                "{\"%s\":\"%s\"}",
                "http://host/path?x=1&%s=%s");
    }
}
