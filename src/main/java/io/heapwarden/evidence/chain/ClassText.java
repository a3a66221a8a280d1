package io.heapwarden.evidence.chain;

import java.util.Map;

/** Names of classes, as people read them. */
final class ClassText {

    private static final Map<Character, String> PRIMITIVES = Map.of(
            'B', "byte", 'C', "char", 'D', "double", 'F', "float", 'I', "int", 'J', "long", 'S', "short", 'Z',
            "boolean");

    private ClassText() {}

    /** A name as the JVM spells it, {@code [Ljava.util.HashMap$Node;} or {@code [B}, as {@code java.util.HashMap$Node[]} or {@code byte[]}. */
    static String plain(String name) {
        int dimensions = 0;
        while (dimensions < name.length() && name.charAt(dimensions) == '[') {
            dimensions++;
        }
        String element = name.substring(dimensions);
        if (dimensions == 0 || element.isEmpty()) {
            return name;
        }
        String plain = element.length() == 1
                ? PRIMITIVES.getOrDefault(element.charAt(0), element)
                : element.startsWith("L") && element.endsWith(";")
                        ? element.substring(1, element.length() - 1)
                        : element;
        return plain + "[]".repeat(dimensions);
    }

    /** Without its package and the classes around it: {@code Node[]}. A lambda keeps the class that made it: {@code View$$Lambda}. */
    static String simple(String className) {
        // A hidden class ends in an address: Foo$$Lambda/0x00007f... or Foo$$Lambda+0x...
        String name = withoutAddress(className);
        String local = name.substring(name.lastIndexOf('.') + 1);
        int generated = local.indexOf("$$");
        String own = generated < 0 ? local : local.substring(0, generated);
        int inner = own.lastIndexOf('$');
        boolean named = inner >= 0 && inner + 1 < own.length() && !Character.isDigit(own.charAt(inner + 1));
        return named ? local.substring(inner + 1) : local;
    }

    /** A class as its source names it, whatever a hidden class or a lambda has behind its name. */
    static String withoutAddress(String className) {
        String name = className.replaceFirst("[/+]0x[0-9a-f]+.*$", "");
        int lambda = name.indexOf("$$Lambda");
        return lambda < 0 ? name : name.substring(0, lambda + "$$Lambda".length());
    }

    /** Whether a class belongs to the JDK. */
    static boolean ofTheJdk(String className) {
        return className.startsWith("java.")
                || className.startsWith("jdk.")
                || className.startsWith("sun.")
                || className.startsWith("javax.")
                || className.startsWith("com.sun.")
                || className.indexOf('.') < 0 && className.endsWith("[]") && isPrimitive(className);
    }

    private static boolean isPrimitive(String array) {
        return PRIMITIVES.containsValue(array.substring(0, array.indexOf('[')));
    }
}
