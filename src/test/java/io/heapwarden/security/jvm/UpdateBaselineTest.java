package io.heapwarden.security.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that writes the table of Java releases anew. */
class UpdateBaselineTest {

    private static final Path SHIPPED = Path.of("src/main/resources/security/jdk-baseline.properties");

    @TempDir
    Path directory;

    @Test
    void takesNewerReleasesFromAList() throws Exception {
        Properties table = updated(
                """
                {"versions": [
                  {"major": 21, "openjdk_version": "21.0.14+7-LTS", "semver": "21.0.14+7.0.LTS"},
                  {"major": 21, "openjdk_version": "21.0.9+10-LTS", "semver": "21.0.9+10.0.LTS"},
                  {"major": 25, "openjdk_version": "25.0.6-ea+1", "semver": "25.0.6-ea+1"},
                  {"major": 17, "openjdk_version": "17.0.21.1+2", "semver": "17.0.21.1+2"},
                  {"major": 8, "openjdk_version": "1.8.0_522-b08", "semver": "8.0.522+8"}]}
                """);

        assertThat(table.getProperty("21")).isEqualTo("21.0.14 2027-01-19 21.0.13");
        assertThat(table.getProperty("8")).isEqualTo("8u522 2027-01-19 8u512");
        assertThat(table.getProperty("17")).isEqualTo(shipped().getProperty("17"));
        assertThat(table.getProperty("25")).isEqualTo(shipped().getProperty("25"));
        assertThat(table.getProperty("19")).isEqualTo(shipped().getProperty("19"));
        assertThat(table.getProperty("date")).isEqualTo("2027-01-25");
        assertThat(JdkBaseline.of(table).date()).isEqualTo("2027-01-25");
    }

    @Test
    void leavesTheTableAloneWhereTheListHasNoReleases() throws Exception {
        Path table = Files.copy(SHIPPED, directory.resolve("table"));

        assertThat(run(table, "<html>")).isNotZero();
        assertThat(table).hasSameTextualContentAs(SHIPPED);
    }

    private Properties updated(String list) throws Exception {
        Path table = Files.copy(SHIPPED, directory.resolve("table"));
        assertThat(run(table, list)).isZero();
        return properties(table);
    }

    private int run(Path table, String list) throws Exception {
        ProcessBuilder script = new ProcessBuilder(
                "src/test/scripts/update-jdk-baseline.sh",
                Files.writeString(directory.resolve("releases.json"), list).toString(),
                "2027-01-19");
        script.environment().put("BASELINE", table.toString());
        script.environment().put("TODAY", "2027-01-25");
        return script.inheritIO().start().waitFor();
    }

    private static Properties shipped() throws Exception {
        return properties(SHIPPED);
    }

    private static Properties properties(Path file) throws Exception {
        Properties properties = new Properties();
        properties.load(new StringReader(Files.readString(file)));
        return properties;
    }
}
