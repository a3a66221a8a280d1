package io.heapwarden.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path scratch;

    private final List<String> logged = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            logged.add(record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        Logger.getLogger(AuditLog.CATEGORY).addHandler(handler);
    }

    @AfterEach
    void stop() {
        Logger.getLogger(AuditLog.CATEGORY).removeHandler(handler);
    }

    @Test
    void anActIsOneObjectInOneLineOfTheLogAndOfTheFile() throws IOException {
        Path file = scratch.resolve("audit.jsonl");

        new AuditLog("heapwarden-0", file).record(entry("Critical finding"));

        assertThat(Files.readString(file)).isEqualTo(logged.getFirst() + "\n");
        assertThat(logged)
                .containsExactly(
                        """
                        {"category":"io.heapwarden.audit","time":"2026-03-01T10:00:00Z","act":"Evict","namespace":"shop","pod":"checkout-6c9-0",\
                        "podUid":"uid-1","container":"","policy":"checkout","reason":"Critical finding","outcome":"Evicted","durationMs":42,\
                        "by":"heapwarden-0"}""");
    }

    @Test
    void noReasonCanBreakOutOfItsLine() throws IOException {
        Path file = scratch.resolve("audit.jsonl");
        String evil = "a\n{\"act\":\"forged\"}\r\n\"\u2028\u0000\\" + "x".repeat(5_000);

        new AuditLog("heapwarden-0", file).record(entry(evil));

        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(1);
        JsonNode line = JSON.readTree(lines.getFirst());
        assertThat(line.at("/act").asText()).isEqualTo("Evict");
        assertThat(line.at("/reason").asText())
                .startsWith(evil.substring(0, 100))
                .hasSize(AuditLog.LONGEST_REASON);
    }

    @Test
    void theFileOnlyGrowsAlsoUnderManyWritersAndWhenItIsMovedAway() throws Exception {
        Path file = scratch.resolve("audit.jsonl");
        Files.writeString(file, "{\"earlier\":true}\n");
        AuditLog log = new AuditLog("heapwarden-0", file);
        AuditLog other = new AuditLog("heapwarden-1", file);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                AuditLog one = i % 2 == 0 ? log : other;
                threads.submit(() -> one.record(entry("because")));
            }
        }
        Path moved = scratch.resolve("audit.1");
        Files.move(file, moved);
        log.record(entry("after"));

        assertThat(Files.readAllLines(moved)).hasSize(201).allSatisfy(line -> JSON.readTree(line));
        assertThat(Files.readAllLines(file)).hasSize(1);
    }

    @Test
    void aFileThatCannotBeWrittenDisturbsNobody() {
        AuditLog log = new AuditLog("heapwarden-0", scratch.resolve("no/such/directory/audit.jsonl"));

        log.record(entry("because"));
        log.record(entry("because"));

        assertThat(logged).hasSize(2);
    }

    private static AuditEntry entry(String reason) {
        return new AuditEntry(
                Instant.parse("2026-03-01T10:00:00.000123Z"),
                AuditAct.Evict,
                "shop",
                "checkout-6c9-0",
                "uid-1",
                "",
                "checkout",
                reason,
                "Evicted",
                Duration.ofMillis(42));
    }
}
