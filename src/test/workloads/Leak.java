import com.shop.Order;
import java.util.HashMap;
import java.util.Map;

/**
 * A shop that forgets to forget: every order is kept in a static map, with ordinary garbage besides.
 *
 * <p>Arguments, all optional: KiB retained a second (default 350), bytes in each order (default 512), KiB of garbage a second (default 4096),
 * MiB at which it stops growing (default: never).
 */
public final class Leak {
    static final Map<Long, Order> ORDERS = new HashMap<>();
    static volatile byte[] garbage;

    public static void main(String[] arguments) throws InterruptedException {
        long retained = 1024 * argument(arguments, 0, 350);
        int size = (int) argument(arguments, 1, 512);
        long discarded = 1024 * argument(arguments, 2, 4096);
        long most = 1024 * 1024 * argument(arguments, 3, Integer.MAX_VALUE) / size;
        System.out.println("Retaining " + retained + " bytes/s in orders of " + size + " bytes, discarding " + discarded + " bytes/s");
        long start = System.nanoTime();
        long discardedSoFar = 0;
        while (true) {
            double seconds = (System.nanoTime() - start) / 1e9;
            long orders = Math.min(most, (long) (seconds * retained / size));
            for (long number = ORDERS.size(); number < orders; number++) {
                ORDERS.put(number, new Order(number, size));
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
