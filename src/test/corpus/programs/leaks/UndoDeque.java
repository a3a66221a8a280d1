package corpus.undodeque;

import corpus.Load;
import java.util.ArrayDeque;

/*
 * Commands are pushed on an undo stack that nobody ever shortens.
 *
 * kind: leak
 * verdicts: RetentionLeak
 * culprits: corpus.undodeque.Command, corpus.undodeque.MoveCommand
 * signal: HeapAfterGC
 * run: plain rate=350 size=450
 * run: serial gc=Serial rate=300 size=500 heap=80m hist=live/20
 */
public final class UndoDeque {
    private static final ArrayDeque<Command> UNDO = new ArrayDeque<>();

    public static void main(String[] args) {
        Load load = new Load(args);
        load.serve(n -> {
            UNDO.push(new MoveCommand((int) n, load.payload()));
            if (load.chance(0.1)) {
                UNDO.pop().undo();
            }
        });
    }
}

interface Command {
    void undo();
}

final class MoveCommand implements Command {
    private int shape;
    private final byte[] former;

    MoveCommand(int shape, byte[] former) {
        this.shape = shape;
        this.former = former;
    }

    @Override
    public void undo() {
        shape = -former.length;
    }
}
