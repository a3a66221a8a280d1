package io.heapwarden.probe;

import io.heapwarden.probe.CommandRunner.CommandOutput;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.Success;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The shell scripts that are sent into a container. They are in src/main/resources/probe and written for any POSIX shell; comments and
 * indentation are taken out first, as the text travels in an URL.
 */
enum ProbeScript {
    /** Looks at the JVM and reads its counters. Reads only. */
    Counters("common.sh", "counters.sh"),
    /** Sends one diagnostic command to the JVM. */
    Attach("common.sh", "attach.sh"),
    /** Looks at, reads or removes a file that the JVM was told to write. */
    File("common.sh", "file.sh"),
    /** Gathers what the security checks judge by. Reads only; it is long, and needs little of what the others share. */
    Security("security.sh");

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BOUNDARY_BYTES = 16;

    private final String text;

    ProbeScript(String... files) {
        this.text = Arrays.stream(files).map(ProbeScript::read).collect(Collectors.joining());
    }

    /** A word that no output can hold by chance or by intent. */
    static String newBoundary() {
        byte[] random = new byte[BOUNDARY_BYTES];
        RANDOM.nextBytes(random);
        return "heapwarden-" + HexFormat.of().formatHex(random);
    }

    /** The command line that runs this script. */
    List<String> command(String boundary, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", text, "heapwarden-probe", boundary));
        command.addAll(arguments);
        return List.copyOf(command);
    }

    boolean isTextOf(String script) {
        return text.equals(script);
    }

    /** What a script said, and the beginning of its error output. */
    record Framed(Frame frame, String error) {}

    /** Runs this script to its end. */
    ProbeResult<Framed> run(
            CommandRunner runner,
            Target target,
            String boundary,
            List<String> arguments,
            Duration timeout,
            int outputCap) {
        return switch (runner.run(target, command(boundary, arguments), timeout, outputCap)) {
            case Refusal<CommandOutput> r -> new Refusal<>(r.reason(), r.detail());
            case Failure<CommandOutput> f -> new Failure<>(f.reason(), f.detail());
            case Success<CommandOutput>(CommandOutput output) ->
                switch (Frame.parse(output, boundary)) {
                    case Refusal<Frame> r -> new Refusal<>(r.reason(), r.detail());
                    case Failure<Frame> f -> new Failure<>(f.reason(), f.detail());
                    case Success<Frame>(Frame frame) -> new Success<>(new Framed(frame, output.standardError()));
                };
        };
    }

    private static String read(String file) {
        try (InputStream in = ProbeScript.class.getResourceAsStream("/probe/" + file)) {
            if (in == null) {
                throw new IllegalStateException("the program is incomplete: no resource probe/" + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .collect(Collectors.joining("\n", "", "\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
