package corpus.weakreferences;

import corpus.Load;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.WeakHashMap;

/*
 * What is known of a client hangs on the client in a weak map, and goes with it.
 *
 * kind: lookalike
 * verdicts: Healthy
 * signal: HeapAfterGC
 * run: plain rate=250 size=1500 clients=9000 seconds=180
 * run: promoted17 jdk=17 gc=Parallel rate=250 size=1500 clients=4000 seconds=220 heap=96m opts=-Xmn12m;-XX:MaxTenuringThreshold=1 hist=all/10 around=bank
 */
public final class WeakReferences {
    public static void main(String[] args) {
        Load load = new Load(args);
        int most = (int) load.number("clients", 9_000);
        Map<Client, ClientState> states = new WeakHashMap<>();
        ArrayDeque<Client> connected = new ArrayDeque<>();
        load.serve(n -> {
            Client client = new Client(n);
            connected.add(client);
            states.put(client, new ClientState(load.text(10), load.payload()));
            if (connected.size() > most) {
                connected.poll();
            }
        });
    }
}

final class Client {
    final long number;

    Client(long number) {
        this.number = number;
    }
}

record ClientState(String address, byte[] window) {}
