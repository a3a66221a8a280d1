package corpus.classwarmup;

import corpus.Load;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/*
 * Handlers are loaded when they are first called, each from a loader of its own module; after all modules were used nothing more is loaded.
 *
 * kind: lookalike
 * verdicts: Healthy
 * signal: Metaspace
 * run: plain rate=100 share=0.12 modules=500 seconds=160 metaspace=48m
 * run: long17 jdk=17 rate=100 share=0.08 modules=900 seconds=220 metaspace=64m around=bank hist=all/10
 * run: saturating rate=150 share=0.2 modules=1200 seconds=220 heap=80m lazily=yes around=fleet
 * run: noisy gc=Parallel rate=100 share=0.15 modules=700 seconds=150 noise=0.8 garbage=80000 hist=live/20
 */
public final class ClassWarmUp {
    /** Public, as its proxies are in other packages. */
    public interface Endpoint {
        Object handle(String request);
    }

    public static void main(String[] args) {
        Load load = new Load(args);
        double share = load.number("share", 0.12);
        boolean lazily = load.word("lazily", "no").equals("yes");
        Module[] modules = new Module[(int) load.number("modules", 500)];
        List<Integer> calls = new ArrayList<>();
        load.serve(n -> {
            if (!load.chance(share)) {
                return;
            }
            int which = lazily ? load.pick(modules.length) : Math.min(calls.size(), modules.length - 1);
            if (modules[which] == null) {
                modules[which] = new Module(new ModuleLoader());
            }
            modules[which].handle("request" + n);
            if (calls.size() < modules.length) {
                calls.add(which);
            }
        });
    }
}

final class Module {
    private final ClassWarmUp.Endpoint endpoint;

    Module(ModuleLoader loader) {
        endpoint = (ClassWarmUp.Endpoint)
                Proxy.newProxyInstance(loader, new Class<?>[] {ClassWarmUp.Endpoint.class}, (proxy, method, values) -> values[0]);
    }

    Object handle(String request) {
        return endpoint.handle(request);
    }
}

final class ModuleLoader extends ClassLoader {
    ModuleLoader() {
        super(ModuleLoader.class.getClassLoader());
    }
}
