package corpus.hiddenclasses;

import corpus.Load;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/*
 * Formulas are compiled to hidden classes, one for every request that writes its formula a little differently, and kept.
 *
 * kind: leak
 * verdicts: ClassLoaderLeak
 * culprits: corpus.hiddenclasses.Formula, corpus.hiddenclasses.CompiledFormula, java.lang.Class
 * signal: Metaspace
 * run: plain rate=100 share=0.15 metaspace=16m
 * run: jdk17 jdk=17 rate=150 share=0.3 metaspace=20m heap=80m around=bank
 */
public final class HiddenClasses {
    private static final List<CompiledFormula> FORMULAS = new ArrayList<>();

    public static void main(String[] args) throws Exception {
        Load load = new Load(args);
        double share = load.number("share", 0.15);
        byte[] code;
        try (InputStream in = HiddenClasses.class.getResourceAsStream("Formula.class")) {
            code = in.readAllBytes();
        }
        load.serve(n -> {
            if (load.chance(share)) {
                Class<?> type = MethodHandles.lookup().defineHiddenClass(code, true).lookupClass();
                IntUnaryOperator formula = (IntUnaryOperator) type.getDeclaredConstructor().newInstance();
                FORMULAS.add(new CompiledFormula("x * x + " + n, formula));
                formula.applyAsInt((int) n);
            }
        });
    }
}

final class Formula implements IntUnaryOperator {
    @Override
    public int applyAsInt(int x) {
        return x * x + 7;
    }
}

record CompiledFormula(String text, IntUnaryOperator operator) {}
