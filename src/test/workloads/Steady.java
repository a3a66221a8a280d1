import com.shop.Order;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A healthy shop: its heap is a saw-tooth of garbage over a cache that is full after a while and stays so.
 *
 * <p>Arguments, all optional: KiB of garbage a second (default 8192), orders in the cache (default 10000), bytes in each order (default 512).
 */
public final class Steady {
    static volatile byte[] garbage;

    public static void main(String[] arguments) throws InterruptedException {
        long discarded = 1024 * argument(arguments, 0, 8192);
        int capacity = (int) argument(arguments, 1, 10_000);
        int size = (int) argument(arguments, 2, 512);
        System.out.println("Discarding " + discarded + " bytes/s beside a cache of " + capacity + " orders of " + size + " bytes");
        Map<Long, Order> cache = new LinkedHashMap<>();
        long start = System.nanoTime();
        long discardedSoFar = 0;
        long next = 0;
        while (true) {
            double seconds = (System.nanoTime() - start) / 1e9;
            for (; discardedSoFar < seconds * discarded; discardedSoFar += 1024) {
                garbage = new byte[1024];
            }
            for (int i = 0; i < capacity / 20; i++) {
                cache.put(next, new Order(next, size));
                cache.remove(next - capacity);
                next++;
            }
            Thread.sleep(50);
        }
    }

    private static long argument(String[] arguments, int index, long otherwise) {
        return index < arguments.length ? Long.parseLong(arguments[index]) : otherwise;
    }
}
