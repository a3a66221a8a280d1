import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Something to measure: 8 MiB kept, 256 MiB thrown away, 1 MiB outside of the heap. Run as a program it says so and waits to be ended. */
public final class Load {

    private static final int KIBIBYTE = 1024;
    private static final List<byte[]> KEPT = new ArrayList<>();
    private static final ByteBuffer DIRECT = ByteBuffer.allocateDirect(KIBIBYTE * KIBIBYTE);
    private static volatile byte[] passing = {};

    private Load() {}

    static void run() {
        for (int i = 0; i < 256 * KIBIBYTE; i++) {
            passing = new byte[KIBIBYTE];
            if (i % 32 == 0) {
                KEPT.add(passing);
            }
        }
    }

    static void sayReady(int port) {
        System.out.println("ready " + port + " " + DIRECT.capacity() + " " + KEPT.size());
    }

    /** The argument is the port at which an agent serves the page; "gc" as a second one collects the whole heap first. */
    public static void main(String[] arguments) throws Exception {
        run();
        collectIfAsked(arguments);
        sayReady(Integer.parseInt(arguments[0]));
        System.in.read();
    }

    static void collectIfAsked(String[] arguments) {
        if (arguments.length > 1 && arguments[1].equals("gc")) {
            System.gc();
        }
    }
}
