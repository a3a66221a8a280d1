package corpus.migration;

import corpus.Load;
import java.util.HashMap;
import java.util.Map;

/*
 * Accounts are moved from the old form to the new one as they are used: one class rises as the other falls, at level bytes.
 *
 * kind: lookalike
 * verdicts: Healthy
 * signal: HeapAfterGC
 * run: plain rate=200 size=700 accounts=24000 seconds=220
 * run: slow17 jdk=17 rate=150 size=900 accounts=30000 seconds=220 heap=80m around=bank hist=all/10
 * run: parallel gc=Parallel rate=250 size=700 accounts=30000 seconds=200 heap=80m around=fleet hist=live/20
 */
public final class Migration {
    public static void main(String[] args) {
        Load load = new Load(args);
        int accounts = (int) load.number("accounts", 24_000);
        Map<Integer, OldAccount> old = new HashMap<>();
        Map<Integer, NewAccount> moved = new HashMap<>();
        for (int i = 0; i < accounts; i++) {
            old.put(i, new OldAccount(i, load.payload()));
        }
        load.serve(n -> {
            OldAccount account = old.remove((int) (n % accounts));
            if (account != null) {
                moved.put(account.number(), new NewAccount("account " + account.number(), account.history().clone()));
            }
        });
    }
}

record OldAccount(int number, byte[] history) {}

record NewAccount(String id, byte[] history) {}
