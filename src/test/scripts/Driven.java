import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;

/**
 * A program whose collections a test drives: it does what a line of its input says, answers with "done" on its error output, and then stands still.
 *
 * <p>Lines: {@code keep MIB}, {@code drop} every second thing that is kept, {@code garbage MIB}, {@code gc}. Runs on JDK 8 and later.
 */
public class Driven {

    private static final int PIECE = 1000;
    private static final int PIECES_IN_A_MIB = 1024 * 1024 / (PIECE + 24);

    static List<byte[]> kept = new ArrayList<>();
    static volatile byte[] garbage;

    public static void main(String[] arguments) throws Exception {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, "US-ASCII"));
        System.err.println("done");
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "keep":
                    for (int i = 0; i < Integer.parseInt(words[1]) * PIECES_IN_A_MIB; i++) {
                        kept.add(new byte[PIECE]);
                    }
                    break;
                case "drop":
                    for (int i = 0; i < kept.size(); i += 2) {
                        kept.set(i, null);
                    }
                    break;
                case "garbage":
                    for (int i = 0; i < Integer.parseInt(words[1]) * PIECES_IN_A_MIB; i++) {
                        garbage = new byte[PIECE];
                    }
                    garbage = null;
                    break;
                case "gc":
                    System.gc();
                    break;
                default:
                    throw new IllegalArgumentException(line);
            }
            System.err.println("done");
        }
    }
}
