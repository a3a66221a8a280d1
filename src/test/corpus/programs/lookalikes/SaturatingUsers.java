package corpus.saturatingusers;

import corpus.Load;
import java.util.HashMap;
import java.util.Map;

/*
 * Each user who comes for the first time gets a profile that stays. A town has only so many people: growth slows and ends.
 *
 * kind: lookalike
 * verdicts: Healthy
 * signal: HeapAfterGC
 * run: plain rate=300 size=900 users=22000 seconds=280
 * run: days17 jdk=17 rate=300 size=900 users=24000 day=40 night=0.3 seconds=280 scale=2160 heap=80m around=bank hist=all/10
 * run: zgc gc=ZGC rate=350 size=1200 users=25000 seconds=240 heap=128m hist=all/8 around=fleet
 */
public final class SaturatingUsers {
    public static void main(String[] args) {
        Load load = new Load(args);
        int users = (int) load.number("users", 22_000);
        Map<Integer, UserProfile> profiles = new HashMap<>();
        load.serve(n -> profiles.computeIfAbsent(load.pick(users), user -> new UserProfile("user" + user, load.payload())).visits++);
    }
}

final class UserProfile {
    final String name;
    final byte[] picture;
    int visits;

    UserProfile(String name, byte[] picture) {
        this.name = name;
        this.picture = picture;
    }
}
