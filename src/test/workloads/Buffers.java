import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A server that forgets to forget outside its heap: every direct buffer is kept, so that the container's memory runs out and the heap stays as it is.
 *
 * <p>Arguments, all optional: KiB retained a second (default 350), KiB in each buffer (default 64), MiB at which it stops growing (default: never).
 */
public final class Buffers {
    static final List<ByteBuffer> BUFFERS = new ArrayList<>();
    static volatile byte[] garbage;

    public static void main(String[] arguments) throws InterruptedException {
        long retained = argument(arguments, 0, 350);
        int size = (int) argument(arguments, 1, 64);
        long most = 1024 * argument(arguments, 2, Integer.MAX_VALUE) / size;
        System.out.println("Retaining " + retained + " KiB/s in direct buffers of " + size + " KiB");
        long start = System.nanoTime();
        while (true) {
            double seconds = (System.nanoTime() - start) / 1e9;
            long buffers = Math.min(most, (long) (seconds * retained / size));
            while (BUFFERS.size() < buffers) {
                // The JDK writes zeros into it, so that its pages are in use.
                BUFFERS.add(ByteBuffer.allocateDirect(1024 * size));
            }
            for (int i = 0; i < 200; i++) {
                garbage = new byte[1024];
            }
            Thread.sleep(50);
        }
    }

    private static long argument(String[] arguments, int index, long otherwise) {
        return index < arguments.length ? Long.parseLong(arguments[index]) : otherwise;
    }
}
