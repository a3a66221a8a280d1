package corpus.pluginreload;

import corpus.Load;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;

/*
 * A plugin is loaded anew at every change by a loader of its own. The old one's listener stays registered and holds loader and classes.
 *
 * kind: leak
 * verdicts: ClassLoaderLeak
 * culprits: corpus.pluginreload.PluginLoader, corpus.pluginreload.Plugin, corpus.pluginreload.Plugin$Setting, java.lang.Class
 * signal: Metaspace
 * run: plain rate=100 share=0.05 metaspace=20m around=fleet
 * run: serial17 jdk=17 gc=Serial rate=80 share=0.06 metaspace=24m heap=80m noise=0.6
 * run: heap rate=100 share=0.05 size=20000 heap=64m garbage=80000 hist=live/8
 */
public final class PluginReload {
    private static final List<Runnable> LISTENERS = new ArrayList<>();

    public static void main(String[] args) {
        Load load = new Load(args);
        double share = load.number("share", 0.05);
        load.serve(n -> {
            if (load.chance(share)) {
                Class<?> plugin = new PluginLoader().loadClass("corpus.pluginreload.Plugin");
                Constructor<?> constructor = plugin.getDeclaredConstructor(int.class);
                constructor.setAccessible(true);
                Runnable listener = (Runnable) constructor.newInstance(load.size);
                listener.run();
                LISTENERS.add(listener);
            }
        });
    }
}

final class PluginLoader extends ClassLoader {
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith("corpus.pluginreload.Plugin") || name.endsWith("PluginLoader")) {
            return super.loadClass(name, resolve);
        }
        try (InputStream in = PluginReload.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (java.io.IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}

final class Plugin implements Runnable {
    private final List<Setting> settings = new ArrayList<>();
    private final byte[] data;

    Plugin(int size) {
        data = new byte[size];
    }

    record Setting(String name, int value) {}

    @Override
    public void run() {
        settings.add(new Setting("size", data.length));
    }
}
