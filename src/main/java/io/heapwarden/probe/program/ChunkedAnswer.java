package io.heapwarden.probe.program;

import io.heapwarden.jvm.MalformedOutputException;
import io.heapwarden.probe.AttachSafety;
import io.heapwarden.probe.CommandRunner.CommandOutput;
import io.heapwarden.probe.Frame;
import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What `heapwarden-probe ask` wrote: a line that repeats the question, the JVM's answer in chunks that each begin with their length, an empty chunk,
 * and a line that says how it went. So an answer that was cut, or that another program wrote, is noticed whatever bytes the JVM wrote.
 */
final class ChunkedAnswer {

    static final String VERSION = "answer/v1";

    private static final int LONGEST_LINE = 1024;
    private static final int LONGEST_LENGTH = 8;

    private final int pid;
    private final String command;
    private final long headroom;
    private final Duration timeout;
    private final int cap;

    /**
     * @param pid the process that was asked
     * @param command what it was asked
     * @param headroom bytes that had to be free, for messages
     * @param timeout how long the program waited, for messages
     * @param cap most bytes of the JVM's answer
     */
    ChunkedAnswer(int pid, ProgramCommand command, long headroom, Duration timeout, int cap) {
        this.pid = pid;
        this.command = command.argument();
        this.headroom = headroom;
        this.timeout = timeout;
        this.cap = cap;
    }

    /** The JVM's answer. Never throws for what the output holds. */
    ProbeResult<byte[]> parse(CommandOutput output) {
        if (output.truncated()) {
            return new Failure<>(
                    FailureReason.TooLong, "the answer is longer than " + output.standardOutput().length + " bytes");
        }
        if (output.standardOutput().length == 0) {
            return new Failure<>(FailureReason.Truncated, "the answer is empty" + ProbeAnswer.said(output));
        }
        try {
            return parse(new Cursor(output.standardOutput()));
        } catch (EndsEarlyException e) {
            return new Failure<>(FailureReason.Truncated, "the answer ends early" + ProbeAnswer.said(output));
        } catch (MalformedOutputException e) {
            return new Failure<>(FailureReason.Garbled, e.getMessage() + ProbeAnswer.said(output));
        }
    }

    private ProbeResult<byte[]> parse(Cursor cursor) throws MalformedOutputException, EndsEarlyException {
        ProgramJson header = cursor.json();
        if (!header.text("heapwarden").equals(VERSION)
                || header.number("pid", Integer.MAX_VALUE) != pid
                || !header.text("command").equals(command)) {
            throw new MalformedOutputException(
                    "the probe answers another question than " + command + " of process " + pid);
        }
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        for (int length = cursor.length(); length > 0; length = cursor.length()) {
            if (length > cap - payload.size()) {
                return new Failure<>(FailureReason.TooLong, "the JVM's answer is longer than " + cap + " bytes");
            }
            cursor.chunk(length, payload);
        }
        ProgramJson trailer = cursor.json();
        cursor.end();
        return result(trailer, payload.toByteArray());
    }

    private ProbeResult<byte[]> result(ProgramJson trailer, byte[] payload) throws MalformedOutputException {
        String refused = trailer.textOrNull("refused");
        if (refused != null) {
            return refused(refused, trailer);
        }
        String failed = trailer.textOrNull("failed");
        if (failed != null) {
            return failed(failed, trailer.text("stage"));
        }
        if (trailer.number("bytes", Integer.MAX_VALUE) != payload.length && !trailer.flag("truncated")) {
            throw new MalformedOutputException("the probe's answer has another length than it says");
        }
        if (trailer.flag("truncated")) {
            return new Failure<>(
                    FailureReason.TooLong,
                    "the JVM's answer is longer than " + cap + " bytes, or was not read in time");
        }
        long code = trailer.signed("code");
        return code == 0
                ? new Success<>(payload)
                : new Failure<>(
                        FailureReason.ProbeFailed,
                        "the JVM answered with code " + code + ": "
                                + Frame.shortened(new String(payload, StandardCharsets.UTF_8)));
    }

    private ProbeResult<byte[]> refused(String word, ProgramJson trailer) throws MalformedOutputException {
        return switch (word) {
            case "gone" ->
                new Refusal<>(
                        RefusalReason.NotRunning, "the JVM ended before it could be asked; the next sample will tell");
            case "signal" -> AttachSafety.noSignalHandler();
            case "headroom" -> AttachSafety.notEnoughHeadroom(trailer.signed("free"), headroom);
            case "user" -> because(AttachSafety.otherUser(), trailer);
            case "disabled" -> AttachSafety.disabled();
            case "tmp" -> because(AttachSafety.tmpNotWritable(), trailer);
            case "openj9" ->
                new Refusal<>(
                        RefusalReason.OpenJ9,
                        "process " + pid + " is an OpenJ9 JVM, which does not answer HotSpot's attach");
            default -> new Failure<>(FailureReason.ProbeFailed, "the probe refused: " + Frame.shortened(word));
        };
    }

    /** With what the system said, where the program found out by trying. */
    private static Refusal<byte[]> because(Refusal<byte[]> refusal, ProgramJson trailer)
            throws MalformedOutputException {
        String error = trailer.textOrNull("error");
        return error == null
                ? refusal
                : new Refusal<>(refusal.reason(), refusal.detail() + " (" + Frame.shortened(error) + ")");
    }

    private ProbeResult<byte[]> failed(String word, String stage) {
        return switch (word) {
            case "timed out" ->
                new Failure<>(
                        FailureReason.TimedOut,
                        "the JVM did not answer within " + timeout.toSeconds() + " s (" + Frame.shortened(stage) + ")");
            case "ended" -> new Failure<>(FailureReason.Truncated, "the JVM ended while it was asked");
            case "cut" -> new Failure<>(FailureReason.Truncated, "the JVM closed its attach socket without an answer");
            case "garbled" ->
                new Failure<>(
                        FailureReason.Garbled, "the JVM's answer does not begin with a code, as HotSpot's attach does");
            case "stranger" ->
                new Failure<>(FailureReason.ProbeFailed, "another process than the JVM listens at its attach socket");
            default -> new Failure<>(FailureReason.ProbeFailed, "the probe failed: " + Frame.shortened(word));
        };
    }

    /** Where the answer stops before it is complete. */
    private static final class EndsEarlyException extends Exception {
        private static final long serialVersionUID = 1;
    }

    private static final class Cursor {

        private final byte[] bytes;
        private int at;

        Cursor(byte[] bytes) {
            this.bytes = bytes;
        }

        /** The end of a line that begins here. */
        private int line(int longest) throws MalformedOutputException, EndsEarlyException {
            for (int end = at; end < bytes.length && end - at <= longest; end++) {
                if (bytes[end] == '\n') {
                    return end;
                }
            }
            if (bytes.length - at > longest) {
                throw new MalformedOutputException("the probe's answer has a line that is too long");
            }
            throw new EndsEarlyException();
        }

        ProgramJson json() throws MalformedOutputException, EndsEarlyException {
            int end = line(LONGEST_LINE);
            ProgramJson json = ProgramJson.parse(bytes, at, end);
            at = end + 1;
            return json;
        }

        int length() throws MalformedOutputException, EndsEarlyException {
            int end = line(LONGEST_LENGTH);
            int length = 0;
            for (int i = at; i < end; i++) {
                int digit = Character.digit(bytes[i], 16);
                if (digit < 0 || length > Integer.MAX_VALUE >> 4) {
                    throw new MalformedOutputException("the probe's answer has a chunk without a proper length");
                }
                length = length << 4 | digit;
            }
            if (end == at) {
                throw new MalformedOutputException("the probe's answer has a chunk without a length");
            }
            at = end + 1;
            return length;
        }

        void chunk(int length, ByteArrayOutputStream into) throws MalformedOutputException, EndsEarlyException {
            if (length >= bytes.length - at) {
                throw new EndsEarlyException();
            }
            into.write(bytes, at, length);
            at += length;
            if (bytes[at++] != '\n') {
                throw new MalformedOutputException("the probe's answer has a chunk of another length than it says");
            }
        }

        void end() throws MalformedOutputException {
            if (at != bytes.length) {
                throw new MalformedOutputException("the probe's answer goes on after its last line");
            }
        }
    }
}
