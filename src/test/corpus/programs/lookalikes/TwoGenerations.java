package corpus.twogenerations;

import corpus.Load;
import java.util.ArrayDeque;

/*
 * Heads live for seconds and bodies for ten times as long, both long enough to be promoted: the old generation fills with a mix of dead and
 * living objects, and its collections bring back different amounts.
 *
 * kind: lookalike
 * verdicts: Healthy
 * signal: HeapAfterGC
 * run: parallel gc=Parallel rate=250 size=1000 seconds=260 heap=96m hist=all/10 opts=-Xmn10m;-XX:MaxTenuringThreshold=1
 * run: serial17 jdk=17 gc=Serial rate=250 size=1000 seconds=260 heap=96m hist=live/60 opts=-Xmn10m;-XX:MaxTenuringThreshold=1 around=bank
 * run: g117 jdk=17 rate=250 size=900 seconds=240 heap=96m hist=all/12 opts=-Xmn10m;-XX:MaxTenuringThreshold=1 around=fleet
 */
public final class TwoGenerations {
    public static void main(String[] args) {
        Load load = new Load(args);
        ArrayDeque<MessageHead> heads = new ArrayDeque<>();
        ArrayDeque<MessageBody> bodies = new ArrayDeque<>();
        load.serve(n -> {
            MessageBody body = new MessageBody(load.now() + 40, load.payload());
            heads.add(new MessageHead(load.now() + 4, body, load.payload()));
            if (n % 4 == 0) {
                bodies.add(body);
            }
            while (heads.peek().until() < load.now()) {
                heads.poll();
            }
            while (bodies.peek().until() < load.now()) {
                bodies.poll();
            }
        });
    }
}

record MessageHead(double until, MessageBody body, byte[] fields) {}

record MessageBody(double until, byte[] text) {}
