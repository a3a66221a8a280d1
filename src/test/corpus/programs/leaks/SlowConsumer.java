package corpus.slowconsumer;

import corpus.Load;
import java.util.concurrent.LinkedBlockingQueue;

/*
 * A queue without a bound whose one consumer takes fewer mails than come in, and never catches up.
 *
 * kind: leak
 * verdicts: RetentionLeak
 * culprits: corpus.slowconsumer.Mail
 * signal: HeapAfterGC
 * run: plain rate=200 size=2000 consumed=0.6
 * run: close rate=400 size=1800 consumed=0.85 around=bank heap=48m
 * run: day rate=300 size=5000 consumed=0.35 day=40 night=0.2 scale=2160 heap=128m hist=live/8
 */
public final class SlowConsumer {
    private static final LinkedBlockingQueue<Mail> OUTBOX = new LinkedBlockingQueue<>();

    public static void main(String[] args) {
        Load load = new Load(args);
        Thread sender = new Thread(() -> send(load.number("rate", 200) * load.number("consumed", 0.6)), "mail-sender");
        sender.setDaemon(true);
        sender.start();
        load.serve(n -> OUTBOX.add(new Mail("user" + n + "@shop.example", load.payload())));
    }

    private static void send(double mailsPerSecond) {
        try {
            for (int sent = 0; ; sent++) {
                OUTBOX.take().send();
                if (sent % 5 == 0) {
                    Thread.sleep((long) (5_000 / mailsPerSecond));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

final class Mail {
    private final String to;
    private byte[] text;

    Mail(String to, byte[] text) {
        this.to = to;
        this.text = text;
    }

    void send() {
        text = to.isEmpty() ? text : null;
    }
}
