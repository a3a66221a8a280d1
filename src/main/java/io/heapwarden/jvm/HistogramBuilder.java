package io.heapwarden.jvm;

/**
 * Puts a {@link ClassHistogram} together from classes that come one by one, as from a recorded trace. What holds for a histogram's text holds here:
 * generated names that differ by an address or number only are joined, and filler objects are left out. May be used again after {@link #build};
 * not for use by several threads at once.
 */
public final class HistogramBuilder {

    private final ClassNames names;
    private final HistogramRows rows = new HistogramRows();
    private ClassNameTable table;

    /** A builder that keeps the names it meets in this table. */
    public HistogramBuilder(ClassNames names) {
        this.names = names;
        this.table = names.open();
    }

    /** Leaves out what was added since the last {@link #build}. */
    public void clear() {
        rows.clear();
        table = names.open();
    }

    /**
     * Adds instances and bytes to those of a class.
     *
     * @param name as the JVM writes it ({@code [B}, {@code [Lcom.shop.Order;}) or as in Java source ({@code byte[]}, {@code com.shop.Order[]})
     * @throws MalformedOutputException when the name is none, a number is negative, or a sum passes 63 bits
     */
    public void add(String name, long instances, long bytes) throws MalformedOutputException {
        if (instances < 0 || bytes < 0) {
            throw new MalformedOutputException("class " + MalformedOutputException.quote(name) + " has " + instances
                    + " instances and " + bytes + " bytes; neither can be negative");
        }
        if (rows.totalInstances() + instances < 0 || rows.totalBytes() + bytes < 0) {
            throw new MalformedOutputException(
                    "class histogram adds up to more than 63 bits at class " + MalformedOutputException.quote(name));
        }
        byte[] raw = ModifiedUtf8.encode(rawName(name));
        if (raw.length == 0) {
            throw new MalformedOutputException("class histogram has a class without a name");
        }
        int slash = 0;
        while (slash < raw.length && raw[slash] != '/') {
            slash++;
        }
        int end = RawClassName.stableEnd(raw, 0, raw.length, slash);
        int hash = 0;
        for (int i = 0; i < end; i++) {
            hash = 31 * hash + raw[i];
        }
        ClassNameTable.Name known = table.get(raw, 0, end, hash);
        if (!known.filler()) {
            rows.add(known, instances, bytes);
        }
    }

    /** The histogram of what was added, largest class first; begins the next one. */
    public ClassHistogram build() {
        ClassHistogram histogram = rows.toHistogram();
        clear();
        return histogram;
    }

    private static String rawName(String name) {
        String element = name;
        while (element.endsWith("[]")) {
            element = element.substring(0, element.length() - 2);
        }
        int dimensions = (name.length() - element.length()) / 2;
        if (dimensions == 0) {
            return name;
        }
        String type =
                switch (element) {
                    case "byte" -> "B";
                    case "char" -> "C";
                    case "double" -> "D";
                    case "float" -> "F";
                    case "int" -> "I";
                    case "long" -> "J";
                    case "short" -> "S";
                    case "boolean" -> "Z";
                    default -> "L" + element + ";";
                };
        return "[".repeat(dimensions) + type;
    }
}
