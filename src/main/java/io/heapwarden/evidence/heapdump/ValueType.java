package io.heapwarden.evidence.heapdump;

import java.io.IOException;

/** The types of fields and of arrays' elements, as a dump numbers them. */
enum ValueType {
    OBJECT(2, 0),
    BOOLEAN(4, 1),
    CHAR(5, 2),
    FLOAT(6, 4),
    DOUBLE(7, 8),
    BYTE(8, 1),
    SHORT(9, 2),
    INT(10, 4),
    LONG(11, 8);

    private final int number;
    private final int width;

    ValueType(int number, int width) {
        this.number = number;
        this.width = width;
    }

    /** Reads the number of a type. */
    static ValueType read(HprofTransit transit, String expected) throws IOException {
        int number = transit.u1(expected);
        for (ValueType type : VALUES) {
            if (type.number == number) {
                return type;
            }
        }
        throw transit.malformed(expected, "type " + number);
    }

    /** Bytes of a value. */
    int width(int identifierSize) {
        return this == OBJECT ? identifierSize : width;
    }

    private static final ValueType[] VALUES = values();
}
