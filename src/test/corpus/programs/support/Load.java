package corpus;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * The load of a program: requests at a steady pace, each of which makes garbage, over a background of other objects.
 *
 * <p>Arguments, {@code key=value}: rate (requests a second), size (bytes of payload in a unit), noise (0 to 1: how much the rate wanders), seconds
 * (how long), day (seconds that a day lasts, 0 for none), night (share of the rate that is left at night), garbage (bytes a request), around
 * (shop, fleet or bank: which other objects), background (how many of them, 1 is some 10,000).
 */
public final class Load {

    private static final int PAUSE_MILLIS = 10;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

    /** Payload bytes of a unit. */
    public final int size;

    private final Map<String, String> args = new HashMap<>();
    private final Random random;
    private final double rate;
    private final double noise;
    private final double day;
    private final double night;
    private final double seconds;
    private final int garbage;
    private final Background background;
    private final long begun = System.nanoTime();
    private double wander;
    private int consumed;

    public Load(String[] words) {
        for (String word : words) {
            args.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
        }
        random = new Random((long) number("seed", 1));
        rate = number("rate", 200);
        size = (int) number("size", 400);
        noise = number("noise", 0.2);
        day = number("day", 0);
        night = number("night", 0.2);
        seconds = number("seconds", 60);
        garbage = (int) number("garbage", 40_000);
        background = Background.named(args.getOrDefault("around", "shop"), number("background", 1), this);
    }

    /** What a program does for its n-th request. */
    public interface Handler {
        void handle(long n) throws Exception;
    }

    public double number(String name, double otherwise) {
        return args.containsKey(name) ? Double.parseDouble(args.get(name)) : otherwise;
    }

    public String word(String name, String otherwise) {
        return args.getOrDefault(name, otherwise);
    }

    public Random random() {
        return random;
    }

    public int pick(int bound) {
        return random.nextInt(bound);
    }

    public boolean chance(double share) {
        return random.nextDouble() < share;
    }

    public String text(int length) {
        char[] letters = new char[length];
        for (int i = 0; i < length; i++) {
            letters[i] = LETTERS.charAt(random.nextInt(LETTERS.length()));
        }
        return new String(letters);
    }

    /** Payload of a unit: its size, give or take a quarter. */
    public byte[] payload() {
        return new byte[Math.max(1, (int) (size * (0.75 + random.nextDouble() / 2)))];
    }

    /** Seconds since the start. */
    public double now() {
        return (System.nanoTime() - begun) / 1e9;
    }

    /** Tells the recorder that a leak begins now. */
    public void leaking() {
        System.out.println("leaking");
    }

    /** Share of the rate that is asked for now: the hour of the day, and noise. */
    public double swing() {
        double hour = day == 0 ? 1 : night + (1 - night) * (1 - Math.cos(2 * Math.PI * now() / day)) / 2;
        return hour * Math.max(0.1, 1 + noise * wander);
    }

    /** Handles requests for as long as asked; an error ends the program: code 3 when memory ran out, as the JVM
     * does it, else 1. */
    public void serve(Handler handler) {
        try {
            double due = 0;
            long done = 0;
            double last = now();
            for (int tick = 0; now() < seconds; tick++) {
                Thread.sleep(PAUSE_MILLIS);
                double now = now();
                if (tick % 30 == 0) {
                    wander = 0.8 * wander + 0.6 * random.nextGaussian();
                    background.tick();
                }
                // After a long pause a second of load at most is caught up; the rest was refused.
                due = Math.min(done + rate, due + rate * swing() * (now - last));
                last = now;
                for (; done < due; done++) {
                    request(done);
                    handler.handle(done);
                }
            }
            System.exit(0);
        } catch (Throwable e) {
            System.err.println(e);
            Runtime.getRuntime().halt(e instanceof OutOfMemoryError ? 3 : 1);
        }
    }

    private void request(long n) {
        Exchange exchange = new Exchange(n, "/api/v1/items/" + n % 977, garbage);
        background.request(n);
        consumed += exchange.answer().length();
    }

    /** Keeps the compiler from leaving work out. */
    public int consumed() {
        return consumed;
    }
}

/** A request and its answer: short-lived. */
final class Exchange {
    private final long number;
    private final String path;
    private final byte[] body;

    Exchange(long number, String path, int garbage) {
        this.number = number;
        this.path = path;
        this.body = new byte[garbage * 3 / 4];
    }

    String answer() {
        StringBuilder answer = new StringBuilder(128).append("{\"path\":\"").append(path).append("\",\"items\":[");
        for (int i = 0; i < 12; i++) {
            answer.append(new Row(number + i, "row " + i)).append(',');
        }
        body[(int) (number % body.length)] = 1;
        return answer.append(body.length).append("]}").toString();
    }

    record Row(long id, String label) {}
}
