import java.io.DataInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Holds a secret in every form in which a heap can; the secret itself comes by standard input, so that no literal has it. */
public class Holder {
    static class Base {
        int number = 0x12345678;
        Object peer;
    }

    static final class Account extends Base {
        final String owner;
        final char[] password;
        final long balance = 0x1122334455667788L;
        final int hash;

        Account(String owner, char[] password) {
            this.owner = owner;
            this.password = password;
            this.hash = owner.hashCode();
        }
    }

    static final int STATIC_NUMBER = Integer.parseInt("77777");
    static final String LITERAL = "open sesame, says the code!";
    static final Map<String, Account> ACCOUNTS = new HashMap<>();
    static final List<Object> ARRAYS = new ArrayList<>();
    static String secret;

    public static void main(String[] arguments) throws Exception {
        secret = new DataInputStream(System.in).readUTF();
        for (int i = 0; i < 1000; i++) {
            String owner = secret + "-" + i;
            Account account = new Account(owner, owner.toCharArray());
            account.peer = ACCOUNTS.get(secret + "-" + i / 2);
            ACCOUNTS.put(owner, account);
            account.owner.hashCode();
        }
        ARRAYS.add(secret.getBytes(StandardCharsets.UTF_8));
        ARRAYS.add(secret.getBytes(StandardCharsets.UTF_16LE));
        ARRAYS.add(secret.toCharArray());
        ARRAYS.add(secret.codePoints().toArray());
        ARRAYS.add(new boolean[] {true, true, true});
        ARRAYS.add(new short[] {1, -2, 3});
        ARRAYS.add(new long[] {1L << 60, -5});
        ARRAYS.add(new float[] {1.5f, -2.5f});
        ARRAYS.add(new double[] {1e300, -1e-300});
        ARRAYS.add(new byte[1 << 21]);
        ARRAYS.add(new int[0]);
        ARRAYS.add(ByteBuffer.wrap(secret.getBytes(StandardCharsets.UTF_8)));
        ARRAYS.add("\u0416 " + secret);
        Thread thread = new Thread(() -> {
            synchronized (ARRAYS) {
                System.out.println("ready");
            }
            try {
                Thread.sleep(3_600_000);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }, "thread of " + secret);
        thread.setDaemon(true);
        thread.start();
        System.in.read();
    }
}
