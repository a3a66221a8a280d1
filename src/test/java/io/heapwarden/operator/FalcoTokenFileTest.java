package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.heapwarden.security.falco.SenderTokens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FalcoTokenFileTest {

    private static final String OLD = "0123456789abcdef";
    private static final String NEW = "fedcba9876543210";

    @TempDir
    Path directory;

    private final List<SenderTokens> used = new CopyOnWriteArrayList<>();

    @Test
    void handsOverWhatIsNewAndKeepsWhatItHasWhereTheFileCannotBeUsed() throws Exception {
        Path file = Files.writeString(directory.resolve("token"), OLD + "\n");
        try (FalcoTokenFile tokens = new FalcoTokenFile(file, Duration.ofMillis(10))) {
            assertThat(tokens.inUse()).isEqualTo(SenderTokens.parse(OLD));
            tokens.watch(used::add);

            Files.delete(file);
            Thread.sleep(50);
            Files.writeString(file, "short");
            Thread.sleep(50);
            assertThat(tokens.inUse()).isEqualTo(SenderTokens.parse(OLD));
            replace(file, NEW);

            await().untilAsserted(() -> assertThat(used).containsExactly(SenderTokens.parse(NEW)));
        }
    }

    @Test
    void aFileThatIsNotThereIsSaid() {
        assertThatThrownBy(() -> new FalcoTokenFile(directory.resolve("none"), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("heapwarden.falco.token-file");
    }

    /** As the kubelet does it, so that nobody reads a half. */
    private static void replace(Path file, String text) throws Exception {
        Path written = Files.writeString(file.resolveSibling("new"), text);
        Files.move(written, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }
}
