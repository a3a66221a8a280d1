package corpus.loaderloop;

import corpus.Load;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;

/*
 * Rules are compiled anew every few seconds into a fresh loader; the old one is dropped, and its classes are unloaded at the next full
 * collection or concurrent cycle.
 *
 * kind: lookalike
 * verdicts: Healthy
 * signal: Metaspace
 * run: plain rate=100 share=0.08 kept=20 seconds=180 metaspace=40m
 * run: jdk17 jdk=17 rate=100 share=0.1 kept=60 seconds=200 around=bank metaspace=48m hist=all/10
 * run: rarely gc=Parallel rate=100 share=0.12 kept=30 seconds=200 heap=96m hist=none metaspace=64m
 */
public final class LoaderLoop {
    /** Public, as its proxies are in other packages. */
    public interface Rule {
        Object holds(String request);
    }

    public static void main(String[] args) {
        Load load = new Load(args);
        double share = load.number("share", 0.08);
        int kept = (int) load.number("kept", 20);
        ArrayDeque<Rule> rules = new ArrayDeque<>();
        load.serve(n -> {
            if (load.chance(share)) {
                Rule rule = (Rule) Proxy.newProxyInstance(
                        new RuleLoader(), new Class<?>[] {Rule.class}, (proxy, method, values) -> values[0].equals("yes"));
                rules.add(rule);
                rule.holds("request" + n);
            }
            if (rules.size() > kept) {
                rules.poll();
            }
        });
    }
}

final class RuleLoader extends ClassLoader {
    RuleLoader() {
        super(RuleLoader.class.getClassLoader());
    }
}
