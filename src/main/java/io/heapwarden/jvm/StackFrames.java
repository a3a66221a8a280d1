package io.heapwarden.jvm;

/** Frames of a stack as thread dumps write them ({@code java.lang.Thread.run(java.base@25.0.3/Thread.java:1474)}) and as people read them. */
final class StackFrames {

    private static final String[] OF_THE_JDK = {"java.", "javax.", "jdk.", "sun.", "com.sun."};
    private static final String LAMBDA = "$$Lambda";

    private StackFrames() {}

    /** Whether the frame that comes next in the line is of the class library. */
    static boolean isOfTheJdk(Lines line) {
        for (String prefix : OF_THE_JDK) {
            if (line.comesNext(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** Without module, and without what differs from run to run: numbers of lambdas and addresses of hidden classes. */
    static String readable(String frame) {
        int bracket = frame.indexOf('(');
        if (bracket < 0) {
            return frame;
        }
        String method = withoutAddress(frame.substring(0, bracket));
        int module = frame.indexOf('/', bracket);
        return method + "(" + frame.substring(module < 0 ? bracket + 1 : module + 1);
    }

    private static String withoutAddress(String method) {
        int slash = method.indexOf('/');
        int name = method.indexOf('.', Math.max(slash, 0));
        if (slash < 0 || name < 0) {
            return method;
        }
        int end = slash;
        int lambda = method.indexOf(LAMBDA);
        if (lambda >= 0 && lambda < slash) {
            end = lambda + LAMBDA.length();
        }
        return method.substring(0, end) + method.substring(name);
    }
}
