package io.heapwarden.security.falco;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.heapwarden.security.falco.Reading.Read;
import io.heapwarden.security.falco.wire.outputs.OutputsProto;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Whatever comes in, nothing is thrown, and what is read is within its bounds. */
class FalcoFuzzTest {

    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("heapwarden.fuzz.seconds", 3));
    private static final String[] TOKENS = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "null",
        "true",
        "-",
        "1e9999",
        "\\u0000",
        "\\ud800",
        "\"rule\":",
        "\"output_fields\":{",
        "<NA>",
        "\u202e",
        "\"time\":\"2026-09-21T14:13:20Z\"",
        "\"container.id\":\"",
        "9".repeat(400),
        "[".repeat(40),
        "x".repeat(5000)
    };

    @Test
    void mutatedEventsAreReadOrRejected() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<byte[]> seeds = Seeds.all();
        long end = System.nanoTime() + TIME.toNanos();
        long read = 0;
        long rejected = 0;
        while (System.nanoTime() < end) {
            byte[] body = mutated(seeds.get(random.nextInt(seeds.size())), random);
            try {
                if (bounded(FalcoEventParser.parse(body, Seeds.TIME))) {
                    read++;
                } else {
                    rejected++;
                }
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed " + seed + ": " + new String(body, StandardCharsets.ISO_8859_1), e);
            }
        }
        assertThat(read).isGreaterThan(100);
        assertThat(rejected).isGreaterThan(100);
    }

    @Test
    void mutatedMessagesAreReadOrRejected() {
        Random random = new Random();
        byte[] message = WireEventsTest.message().build().toByteArray();
        long end = System.nanoTime() + TIME.toNanos() / 3;
        while (System.nanoTime() < end) {
            OutputsProto.response mutated;
            try {
                mutated = OutputsProto.response.parseFrom(mutated(message, random));
            } catch (InvalidProtocolBufferException e) {
                continue;
            }
            bounded(WireEvents.read(mutated, Seeds.TIME));
        }
    }

    @Property(tries = 2000)
    void anyBytesAreReadOrRejected(@ForAll byte[] body) {
        bounded(FalcoEventParser.parse(body, Seeds.TIME));
    }

    @Property(tries = 1000)
    void anyTextIsReadOrAbsentInAnyField(@ForAll String text, @ForAll FalcoField field) {
        String read = field.read(text);

        if (read != null) {
            assertThat(read.length()).isLessThanOrEqualTo(field.most());
            assertThat(read.chars()).noneMatch(Character::isISOControl);
            assertThat(field.read(read)).isIn(read, null);
        }
    }

    @Property(tries = 1000)
    void anyTimeIsReadOrRejected(@ForAll String text) {
        Instant unused = FalcoEventParser.time(text);
    }

    private static boolean bounded(Reading reading) {
        if (!(reading instanceof Read(FalcoEvent event))) {
            return false;
        }
        assertThat(event.rule().length()).isBetween(1, FalcoEvent.MOST_RULE);
        assertThat(event.output().length()).isLessThanOrEqualTo(FalcoEvent.MOST_OUTPUT);
        assertThat(event.tags()).hasSizeLessThanOrEqualTo(FalcoEvent.MOST_TAGS);
        assertThat(event.bytes()).isLessThan(64 << 10);
        event.fields().forEach((field, value) -> assertThat(value.length()).isBetween(1, field.most()));
        assertThat(event.rule().chars()).noneMatch(Character::isISOControl);
        return true;
    }

    private static byte[] mutated(byte[] seed, Random random) {
        byte[] body = seed.clone();
        for (int times = random.nextInt(4); times >= 0; times--) {
            int at = random.nextInt(body.length + 1);
            switch (random.nextInt(5)) {
                case 0 -> {
                    if (at < body.length) {
                        body[at] = (byte) random.nextInt();
                    }
                }
                case 1 -> body = Arrays.copyOf(body, at);
                case 2 ->
                    body = with(body, at, TOKENS[random.nextInt(TOKENS.length)].getBytes(StandardCharsets.UTF_8), at);
                case 3 -> body = with(body, at, new byte[0], Math.min(body.length, at + random.nextInt(40)));
                default -> {
                    int from = random.nextInt(body.length + 1);
                    body = with(
                            body,
                            at,
                            Arrays.copyOfRange(body, from, Math.min(body.length, from + random.nextInt(200))),
                            at);
                }
            }
        }
        return body;
    }

    private static byte[] with(byte[] body, int at, byte[] insert, int on) {
        byte[] out = new byte[at + insert.length + body.length - on];
        System.arraycopy(body, 0, out, 0, at);
        System.arraycopy(insert, 0, out, at, insert.length);
        System.arraycopy(body, on, out, at + insert.length, body.length - on);
        return out;
    }
}
