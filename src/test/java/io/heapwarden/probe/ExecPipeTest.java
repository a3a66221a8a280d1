package io.heapwarden.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.http.WebSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many messages are asked for, and how waiting ends. */
@Timeout(60)
class ExecPipeTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final int MESSAGE = 32 << 10;

    /** Counts the messages that it is asked for. */
    private static final class Counted implements WebSocket {
        private int requests;

        @Override
        public boolean send(ByteBuffer buffer) {
            return true;
        }

        @Override
        public boolean sendClose(int code, String reason) {
            return true;
        }

        @Override
        public long queueSize() {
            return 0;
        }

        @Override
        public void request() {
            requests++;
        }
    }

    private final Counted socket = new Counted();

    private static ExecPipe pipe(Duration limit, Duration silence) {
        return new ExecPipe(status -> status.equals("good") ? null : "bad", limit, silence);
    }

    private void send(ExecPipe pipe, int channel, byte[] content) {
        pipe.listener()
                .onMessage(
                        socket,
                        ByteBuffer.allocate(content.length + 1)
                                .put((byte) channel)
                                .put(content)
                                .flip());
    }

    @Test
    void nothingIsAskedForWhileEnoughIsKept() throws Exception {
        ExecPipe pipe = pipe(LONG, LONG);
        int until = ExecPipe.ENOUGH / MESSAGE;
        for (int i = 1; i < until; i++) {
            send(pipe, 1, new byte[MESSAGE]);
            assertThat(socket.requests).isEqualTo(i);
        }
        send(pipe, 1, new byte[MESSAGE]);
        assertThat(socket.requests).as("enough").isEqualTo(until - 1);

        pipe.readNBytes(ExecPipe.ENOUGH / 2);
        assertThat(socket.requests).as("half of it").isEqualTo(until - 1);
        pipe.readNBytes(1);
        assertThat(socket.requests).as("less than half of it").isEqualTo(until);
        pipe.readNBytes(MESSAGE);
        assertThat(socket.requests).as("one message is under way").isEqualTo(until);
    }

    @Test
    void aMessageThatIsTooLargeEndsIt() {
        ExecPipe pipe = pipe(LONG, LONG);
        send(pipe, 1, new byte[ExecPipe.LARGEST_MESSAGE + 1]);
        assertThatThrownBy(pipe::read).isInstanceOf(IOException.class).hasMessageContaining("message of");
        assertThat(pipe.mostBytes()).isZero();
    }

    @Test
    void waitingEndsWithTheTimeLimit() {
        ExecPipe pipe = pipe(SHORT, LONG);
        assertThatThrownBy(pipe::read).isInstanceOf(IOException.class).hasMessageContaining("time");
    }

    @Test
    void waitingEndsWithSilence() {
        ExecPipe pipe = pipe(LONG, SHORT);
        assertThatThrownBy(pipe::read).isInstanceOf(IOException.class).hasMessageContaining("nothing came");
    }

    @Test
    void whatCameBeforeTheConnectionWasLostIsReadFirst() throws Exception {
        ExecPipe pipe = pipe(LONG, LONG);
        send(pipe, 1, new byte[3]);
        pipe.listener().onError(socket, new IOException("reset"));
        assertThat(pipe.readNBytes(3)).hasSize(3);
        assertThatThrownBy(pipe::read).isInstanceOf(IOException.class).hasMessageContaining("reset");
    }

    @Test
    void aStatusThatComesAfterTheEndOfTheConnectionCounts() throws Exception {
        ExecPipe pipe = pipe(LONG, LONG);
        pipe.listener().onClose(socket, 1000, "");
        send(pipe, 1, new byte[3]);
        send(pipe, 3, "good".getBytes(StandardCharsets.US_ASCII));
        assertThat(pipe.readAllBytes()).hasSize(3);
        assertThat(pipe.read()).isEqualTo(-1);
    }

    @Test
    void aStatusThatSaysOtherwiseIsNoEnd() throws Exception {
        ExecPipe pipe = pipe(LONG, LONG);
        send(pipe, 1, new byte[3]);
        send(pipe, 3, "gone".getBytes(StandardCharsets.US_ASCII));
        assertThat(pipe.readNBytes(3)).hasSize(3);
        assertThatThrownBy(pipe::read).isInstanceOf(IOException.class).hasMessage("bad");
    }
}
