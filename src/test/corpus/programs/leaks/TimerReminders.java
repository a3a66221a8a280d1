package corpus.timerreminders;

import corpus.Load;
import java.util.Timer;
import java.util.TimerTask;

/*
 * Reminders are put on a java.util.Timer for tomorrow and cancelled today; cancelled ones stay in its queue until they are due.
 *
 * kind: leak
 * verdicts: RetentionLeak
 * culprits: corpus.timerreminders.Reminder
 * signal: HeapAfterGC
 * run: plain rate=250 size=1200 around=bank
 * run: g117 jdk=17 rate=300 size=1000 heap=72m hist=live/15 around=fleet
 */
public final class TimerReminders {
    public static void main(String[] args) {
        Load load = new Load(args);
        Timer timer = new Timer("reminders", true);
        load.serve(n -> {
            Reminder reminder = new Reminder("user" + n, load.payload());
            timer.schedule(reminder, 86_400_000L);
            if (load.chance(0.95)) {
                reminder.cancel();
            }
        });
    }
}

final class Reminder extends TimerTask {
    private final String user;
    private final byte[] mail;
    private int sent;

    Reminder(String user, byte[] mail) {
        this.user = user;
        this.mail = mail;
    }

    @Override
    public void run() {
        sent += user.length() + mail.length;
    }
}
