import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.IntConsumer;

/** Leaks in seven ways at once, each from a thread of its own, until each has kept so many objects; and makes garbage besides. */
public final class Holding {

    private static final int KEPT = 1_500;
    private static final int BYTES = 12_000;

    static final QuoteService INSTANCE = new QuoteService();
    static final ThreadLocal<List<Session>> CONTEXT = ThreadLocal.withInitial(ArrayList::new);
    static final PriceFeed FEED = new PriceFeed();
    static final LinkedBlockingQueue<Job> JOBS = new LinkedBlockingQueue<>();
    static final List<ClassLoader> PLUGINS = new ArrayList<>();
    static final TariffService TARIFFS = new TariffService();
    static volatile Object garbage;

    static final class Quote {
        final byte[] body = new byte[BYTES];
    }

    static final class QuoteCache {
        final Map<Integer, Quote> quotes = new HashMap<>();
    }

    static final class QuoteService {
        final QuoteCache cache = new QuoteCache();
    }

    static final class Session {
        final byte[] attributes = new byte[BYTES];
    }

    static final class Row {
        final byte[] cells = new byte[BYTES];
    }

    static final class View {
        final byte[] state = new byte[BYTES];

        void changed() {
            state[0]++;
        }
    }

    static final class PriceFeed {
        final List<Runnable> listeners = new ArrayList<>();
    }

    static final class Job {
        final byte[] input = new byte[BYTES];
    }

    static final class Tariff {
        final byte[] table = new byte[BYTES];
    }

    static final class TariffService {
        final Map<Integer, Tariff> tariffCache = new ConcurrentHashMap<>();
    }

    /** Loaded anew by each loader, with its own settings. */
    public static final class Plugin {
        static final byte[] SETTINGS = new byte[BYTES];
    }

    static final class PluginLoader extends ClassLoader {
        private final byte[] code;

        PluginLoader(byte[] code) {
            super(Holding.class.getClassLoader());
            this.code = code;
        }

        Class<?> plugin() {
            return defineClass("Holding$Plugin", code, 0, code.length);
        }
    }

    public static void main(String[] arguments) throws Exception {
        byte[] plugin;
        try (var code = Holding.class.getResourceAsStream("Holding$Plugin.class")) {
            plugin = code.readAllBytes();
        }
        ExecutorService pool = Executors.newFixedThreadPool(2);
        Thread.sleep(200);
        start("quotes", 1, n -> INSTANCE.cache.quotes.put(n, new Quote()));
        start("requests", 1, n -> pool.execute(() -> CONTEXT.get().add(new Session())));
        start("prices", 1, n -> FEED.listeners.add(new View()::changed));
        start("orders", 1, n -> JOBS.add(new Job()));
        start("tariffs", 1, n -> TARIFFS.tariffCache.put(n, new Tariff()));
        start("reload", 2, n -> {
            PluginLoader loader = new PluginLoader(plugin);
            try {
                Class.forName(loader.plugin().getName(), true, loader);
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(e);
            }
            PLUGINS.add(loader);
        });
        Thread importer = new Thread(Holding::importRows, "importer-1");
        importer.start();
        System.out.println("READY");
        for (;;) {
            for (int i = 0; i < 30; i++) {
                garbage = new byte[10_000];
            }
            Thread.sleep(10);
        }
    }

    /** Its list is a local variable, which is read as long as it runs. */
    private static void importRows() {
        List<Row> rows = new ArrayList<>();
        paced(1, n -> rows.add(new Row()));
        while (!rows.isEmpty()) {
            pause();
        }
    }

    private static void start(String name, int rarer, IntConsumer keep) {
        Thread thread = new Thread(() -> paced(rarer, keep), name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void paced(int rarer, IntConsumer keep) {
        for (int n = 0; n < KEPT / rarer; n++) {
            keep.accept(n);
            for (int i = 0; i < rarer; i++) {
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
