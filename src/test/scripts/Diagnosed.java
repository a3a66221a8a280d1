import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A program whose troubles are known: threads that wait for each other for ever, a pool that waits for one lock, class loaders, objects whose
 * finalizers do not get their turn, direct buffers, interned strings. Prints READY, and waits for the end of its input.
 */
public class Diagnosed {

    static final int WAITING = 50;
    static final int LOADERS = 7;
    static final int FINALIZABLE = 300;
    static final int BUFFERS = 20;
    static final int INTERNED = 3000;

    /** Time for what a collection found to get to its finalizers. */
    private static final long REFERENCES_MILLIS = 500;

    static final List<Object> KEPT = new ArrayList<>();
    static final Object SHARED = new Object();

    static final class FirstLock {}

    static final class SecondLock {}

    public static void main(String[] args) throws Exception {
        deadlock();
        queue();
        loaders();
        finalizers();
        for (int i = 0; i < BUFFERS; i++) {
            KEPT.add(ByteBuffer.allocateDirect(1000));
        }
        interned();
        Thread reader = reader();
        System.gc();
        Thread.sleep(REFERENCES_MILLIS);
        System.out.println("READY");
        reader.join();
        System.exit(0);
    }

    /** Waits for the end of the input; as a virtual thread where there are any, which so stays on its carrier. */
    private static Thread reader() throws Exception {
        Runnable task = Diagnosed::readAll;
        try {
            return (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
        } catch (NoSuchMethodException e) {
            return start("reader", task);
        }
    }

    private static void readAll() {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void interned() {
        for (int i = 0; i < INTERNED; i++) {
            KEPT.add(("interned-" + i).intern());
        }
    }

    private static void deadlock() throws Exception {
        FirstLock first = new FirstLock();
        SecondLock second = new SecondLock();
        CountDownLatch both = new CountDownLatch(2);
        start("transfer-1", () -> take(first, second, both));
        start("transfer-2", () -> take(second, first, both));
        ReentrantLock third = new ReentrantLock();
        ReentrantLock fourth = new ReentrantLock();
        CountDownLatch bothOfThem = new CountDownLatch(2);
        start("ledger-1", () -> take(third, fourth, bothOfThem));
        start("ledger-2", () -> take(fourth, third, bothOfThem));
    }

    private static void take(Object mine, Object other, CountDownLatch both) {
        synchronized (mine) {
            meet(both);
            synchronized (other) {
                throw new IllegalStateException("no deadlock");
            }
        }
    }

    private static void take(ReentrantLock mine, ReentrantLock other, CountDownLatch both) {
        mine.lock();
        meet(both);
        other.lock();
        throw new IllegalStateException("no deadlock");
    }

    private static void meet(CountDownLatch both) {
        both.countDown();
        try {
            both.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One thread holds the lock and sleeps, a pool waits for it. */
    private static void queue() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        start("holder", () -> {
            synchronized (SHARED) {
                held.countDown();
                sleep();
            }
        });
        held.await();
        ExecutorService pool = Executors.newFixedThreadPool(WAITING);
        for (int i = 0; i < WAITING; i++) {
            pool.execute(Diagnosed::waitForShared);
        }
    }

    private static void waitForShared() {
        synchronized (SHARED) {
            throw new IllegalStateException("the lock was free");
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static final class PluginLoader extends URLClassLoader {
        PluginLoader(URL[] urls) {
            super(urls, null);
        }
    }

    private static void loaders() throws Exception {
        URL here = Diagnosed.class.getProtectionDomain().getCodeSource().getLocation();
        for (int i = 0; i < LOADERS; i++) {
            Class<?> plugin = Class.forName("Plugin", true, new PluginLoader(new URL[] {here}));
            Constructor<?> constructor = plugin.getDeclaredConstructor();
            constructor.setAccessible(true);
            KEPT.add(((Supplier<?>) constructor.newInstance()).get());
        }
    }

    static final class Finalized {
        @Override
        @SuppressWarnings("all")
        protected void finalize() {
            sleep();
        }
    }

    private static void finalizers() throws Exception {
        for (int i = 0; i < FINALIZABLE; i++) {
            new Finalized();
        }
    }

    private static Thread start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.start();
        return thread;
    }
}

/** A class that each plugin loader loads anew, with a lambda. */
final class Plugin implements Supplier<Runnable> {
    @Override
    public Runnable get() {
        return () -> {};
    }
}
