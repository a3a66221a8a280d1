package io.heapwarden.security.falco;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.security.falco.Reading.Read;
import io.heapwarden.security.falco.Reading.Rejected;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Events as Falco and falcosidekick send them, built from their code; and shorthand for making more. */
final class Seeds {

    /** When all of them happened, to the second. */
    static final Instant TIME = Instant.parse("2026-09-21T14:13:20Z");

    private static final Path DIRECTORY = Path.of("src/test/resources/falco/seeds");

    private Seeds() {}

    static byte[] bytes(String name) {
        try {
            return Files.readAllBytes(DIRECTORY.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<byte[]> all() {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.sorted()
                    .map(file -> bytes(file.getFileName().toString()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static FalcoEvent read(String name) {
        return read(bytes(name), TIME);
    }

    static FalcoEvent read(byte[] body, Instant now) {
        Reading reading = FalcoEventParser.parse(body, now);
        assertThat(reading).isInstanceOf(Read.class);
        return ((Read) reading).event();
    }

    static FalcoRejection rejected(String body) {
        Reading reading = FalcoEventParser.parse(body.getBytes(StandardCharsets.UTF_8), TIME);
        assertThat(reading).as(body).isInstanceOf(Rejected.class);
        return ((Rejected) reading).reason();
    }

    /** The one of Falco, at another time and with another rule. */
    static byte[] at(Instant time, String rule, FalcoPriority priority) {
        return new String(bytes("falco-http.json"), StandardCharsets.UTF_8)
                .replace("2026-09-21T14:13:20.000000000Z", DateTimeFormatter.ISO_INSTANT.format(time))
                .replace("\"rule\":\"Terminal shell in container\"", "\"rule\":\"" + rule + "\"")
                .replace("\"priority\":\"Notice\"", "\"priority\":\"" + priority + "\"")
                .getBytes(StandardCharsets.UTF_8);
    }

    static FalcoEvent event(Instant time, FalcoPriority priority, Map<FalcoField, String> fields) {
        return new FalcoEvent(time, priority, "a rule", "", "syscall", "node-1", List.of(), fields);
    }

    static FalcoEvent event(FalcoPriority priority, String rule, Object... fieldsAndValues) {
        Map<FalcoField, String> fields = new EnumMap<>(FalcoField.class);
        for (int i = 0; i < fieldsAndValues.length; i += 2) {
            fields.put((FalcoField) fieldsAndValues[i], (String) fieldsAndValues[i + 1]);
        }
        return new FalcoEvent(TIME, priority, rule, "", "syscall", "node-1", List.of(), fields);
    }
}
