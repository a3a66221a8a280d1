import java.lang.reflect.Array;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Fills a heap with garbage and with sessions that stay, prints READY, and waits for the end of its input. */
public class Recorded {

    /** Time for a collection that runs beside the program to come to its end. */
    private static final long CONCURRENT_COLLECTION_MILLIS = 500;

    static final List<Object> KEPT = new ArrayList<>();

    static final class Session {
        final byte[] state = new byte[600];
        final String user;

        Session(int id) {
            user = "user-" + id;
        }
    }

    static final class Größe日本 {}

    public static void main(String[] args) throws Exception {
        int sessions = args.length > 0 ? Integer.parseInt(args[0]) : 30_000;
        awkwardNames();
        fill(0, sessions / 2);
        System.gc();
        fill(sessions / 2, sessions);
        Thread.sleep(CONCURRENT_COLLECTION_MILLIS);
        System.out.println("READY");
        while (System.in.read() >= 0) {}
        System.out.println(KEPT.size());
    }

    /** Each session comes with 15 times its size of garbage, so that it survives many collections. */
    private static void fill(int from, int to) {
        byte[][] garbage = new byte[1][];
        for (int i = from; i < to; i++) {
            KEPT.add(new Session(i));
            for (int j = 0; j < 10; j++) {
                garbage[0] = new byte[1000];
            }
        }
    }

    /** Names that a parser has to cope with: lambdas and arrays of them, proxies, other alphabets, one class from several loaders. */
    private static void awkwardNames() throws Exception {
        for (int i = 0; i < 3; i++) {
            int captured = i;
            Supplier<Integer> one = () -> captured;
            Supplier<Integer> two = () -> captured + 1;
            KEPT.add(List.of(one, two, Array.newInstance(one.getClass(), 2, 3)));
        }
        InvocationHandler nothing = (proxy, method, arguments) -> null;
        KEPT.add(Proxy.newProxyInstance(Recorded.class.getClassLoader(), new Class<?>[] {Runnable.class}, nothing));
        KEPT.add(Proxy.newProxyInstance(Recorded.class.getClassLoader(), new Class<?>[] {Comparable.class}, nothing));
        KEPT.add(new Größe日本());
        KEPT.add(new Größe日本[2][2]);
        URL here = Recorded.class.getProtectionDomain().getCodeSource().getLocation();
        for (int i = 0; i < 3; i++) {
            URLClassLoader loader = new URLClassLoader(new URL[] {here}, null);
            Class<?> again = Class.forName("Recorded$Again", true, loader);
            KEPT.add(loader);
            KEPT.add(again.getDeclaredConstructor().newInstance());
        }
    }

    public static final class Again {}
}
