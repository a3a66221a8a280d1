package corpus.tombstonequeue;

import corpus.Load;

/*
 * A linked queue whose remove only empties the node and leaves it linked while it is not the head; the head waits for a slow peer.
 *
 * kind: leak
 * verdicts: RetentionLeak
 * culprits: corpus.tombstonequeue.Link, corpus.tombstonequeue.PendingCall
 * signal: HeapAfterGC
 * run: plain rate=500 size=450 garbage=25000
 * run: serial gc=Serial rate=500 size=750 garbage=25000 heap=80m hist=live/20 around=bank
 */
public final class TombstoneQueue {
    public static void main(String[] args) {
        Load load = new Load(args);
        PendingCalls pending = new PendingCalls();
        pending.add(new PendingCall(-1, load.payload()));
        load.serve(n -> {
            Link link = pending.add(new PendingCall(n, load.payload()));
            pending.remove(link);
        });
    }
}

final class PendingCalls {
    private Link head;
    private Link tail;

    Link add(PendingCall call) {
        Link link = new Link(call);
        if (tail == null) {
            head = link;
        } else {
            tail.next = link;
        }
        tail = link;
        return link;
    }

    void remove(Link link) {
        link.call.answered = true;
        while (head != null && head.call.answered) {
            head = head.next;
        }
    }
}

final class Link {
    final PendingCall call;
    Link next;

    Link(PendingCall call) {
        this.call = call;
    }
}

final class PendingCall {
    final long number;
    final byte[] request;
    boolean answered;

    PendingCall(long number, byte[] request) {
        this.number = number;
        this.request = request;
    }
}
