package corpus.unsafememory;

import corpus.Load;
import java.lang.reflect.Field;
import sun.misc.Unsafe;

/*
 * A codec asks the operating system for memory at every call and gives back only what it needed for the happy path.
 *
 * kind: leak
 * verdicts: NativeGrowth
 * culprits:
 * signal: ContainerAnon
 * run: plain rate=150 size=16000 share=0.4 container=256m
 * run: jdk17 jdk=17 rate=150 size=24000 share=0.3 container=280m gc=Serial around=bank
 * run: noisy rate=150 size=16000 share=0.4 container=256m noise=0.8 hist=all/10 around=fleet
 */
public final class UnsafeMemory {
    public static void main(String[] args) throws ReflectiveOperationException {
        Load load = new Load(args);
        Field field = Unsafe.class.getDeclaredField("theUnsafe");
        field.setAccessible(true);
        Unsafe unsafe = (Unsafe) field.get(null);
        double share = load.number("share", 0.4);
        load.serve(n -> {
            Frame frame = new Frame(unsafe.allocateMemory(load.size), load.size);
            unsafe.setMemory(frame.address(), frame.length(), (byte) n);
            if (!load.chance(share)) {
                unsafe.freeMemory(frame.address());
            }
        });
    }
}

record Frame(long address, int length) {}
