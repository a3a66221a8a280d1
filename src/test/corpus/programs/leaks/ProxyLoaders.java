package corpus.proxyloaders;

import corpus.Load;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/*
 * Every script is run behind a proxy that a new class loader defines; the list of scripts keeps all of them.
 *
 * kind: leak
 * verdicts: ClassLoaderLeak
 * culprits: corpus.proxyloaders.ScriptLoader, corpus.proxyloaders.LoadedScript, java.lang.reflect.Method, java.lang.Class, jdk.proxy.$Proxy, com.sun.proxy.$Proxy
 * signal: Metaspace
 * run: plain rate=100 share=0.06 metaspace=24m
 * run: jdk17 jdk=17 rate=100 share=0.05 metaspace=32m heap=96m hist=all/10 around=bank
 * run: unlimited rate=100 share=0.1 heap=40m garbage=80000 container=200m
 */
public final class ProxyLoaders {
    private static final List<LoadedScript> SCRIPTS = new ArrayList<>();

    /** Public, as its proxies are in other packages. */
    public interface Script {
        Object run(String input);
    }

    public static void main(String[] args) {
        Load load = new Load(args);
        double share = load.number("share", 0.06);
        load.serve(n -> {
            if (load.chance(share)) {
                ScriptLoader loader = new ScriptLoader();
                Script script = (Script) Proxy.newProxyInstance(
                        loader, new Class<?>[] {loader.loadClass(Script.class.getName())}, (proxy, method, values) -> null);
                SCRIPTS.add(new LoadedScript("script" + n, script));
                script.run(load.text(10));
            }
        });
    }
}

record LoadedScript(String name, ProxyLoaders.Script script) {}

final class ScriptLoader extends ClassLoader {
    ScriptLoader() {
        super(ScriptLoader.class.getClassLoader());
    }
}
