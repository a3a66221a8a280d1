import com.shop.Session;
import java.util.ArrayDeque;

/**
 * A shop whose sessions end some time after they began: until the first ones end it grows like a leak, then it rests.
 *
 * <p>Arguments, all optional: KiB of sessions a second (default 800), seconds that a session lasts (default 25), bytes in each session (default
 * 2048), KiB of garbage a second (default 4096).
 */
public final class Sessions {
    static volatile byte[] garbage;

    public static void main(String[] arguments) throws InterruptedException {
        long opened = 1024 * argument(arguments, 0, 800);
        long lasts = argument(arguments, 1, 25);
        int size = (int) argument(arguments, 2, 2048);
        long discarded = 1024 * argument(arguments, 3, 4096);
        System.out.println("Opening " + opened + " bytes/s of sessions that last " + lasts + " s, discarding " + discarded + " bytes/s");
        ArrayDeque<Session> sessions = new ArrayDeque<>();
        long start = System.nanoTime();
        long openedSoFar = 0;
        long discardedSoFar = 0;
        while (true) {
            double seconds = (System.nanoTime() - start) / 1e9;
            for (; openedSoFar < seconds * opened; openedSoFar += size) {
                sessions.add(new Session(seconds + lasts, size));
            }
            while (!sessions.isEmpty() && sessions.peek().endsAt < seconds) {
                sessions.poll();
            }
            for (; discardedSoFar < seconds * discarded; discardedSoFar += 1024) {
                garbage = new byte[1024];
            }
            Thread.sleep(50);
        }
    }

    private static long argument(String[] arguments, int index, long otherwise) {
        return index < arguments.length ? Long.parseLong(arguments[index]) : otherwise;
    }
}
