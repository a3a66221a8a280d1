package io.heapwarden.evidence.heapdump;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.netbeans.lib.profiler.heap.FieldValue;
import org.netbeans.lib.profiler.heap.GCRoot;
import org.netbeans.lib.profiler.heap.Heap;
import org.netbeans.lib.profiler.heap.HeapFactory;
import org.netbeans.lib.profiler.heap.Instance;
import org.netbeans.lib.profiler.heap.JavaClass;
import org.netbeans.lib.profiler.heap.ObjectArrayInstance;
import org.netbeans.lib.profiler.heap.ObjectFieldValue;
import org.netbeans.lib.profiler.heap.PrimitiveArrayInstance;

/** A dump as the heap library of NetBeans and VisualVM reads it, in words that can be compared. */
final class ParsedHeap {

    private final Heap heap;

    private ParsedHeap(Heap heap) {
        this.heap = heap;
    }

    static ParsedHeap of(byte[] dump) throws IOException {
        return new ParsedHeap(HeapFactory.createHeap(ByteBuffer.wrap(dump), 0));
    }

    Heap heap() {
        return heap;
    }

    /** Instances and bytes of each class. */
    Map<String, String> histogram() {
        Map<String, String> rows = new TreeMap<>();
        for (Object each : heap.getAllClasses()) {
            JavaClass row = (JavaClass) each;
            rows.put(
                    row.getName() + "@" + row.getJavaClassId(),
                    row.getInstancesCount() + " instances, " + row.getAllInstancesSize() + " bytes");
        }
        return rows;
    }

    /** Every object with its fields, references and size, but without elements of primitive arrays and without hash codes. */
    Iterator<String> objects() {
        Iterator<?> instances = heap.getAllInstancesIterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return instances.hasNext();
            }

            @Override
            public String next() {
                return described((Instance) instances.next());
            }
        };
    }

    List<String> roots() {
        List<String> roots = new ArrayList<>();
        for (Object each : heap.getGCRoots()) {
            GCRoot root = (GCRoot) each;
            roots.add(root.getKind() + " " + root.getInstance().getInstanceId());
        }
        return roots;
    }

    List<String> statics() {
        List<String> statics = new ArrayList<>();
        for (Object each : heap.getAllClasses()) {
            JavaClass owner = (JavaClass) each;
            StringBuilder line = new StringBuilder(owner.getName());
            values(owner.getStaticFieldValues(), line);
            statics.add(line.toString());
        }
        return statics;
    }

    private static String described(Instance instance) {
        StringBuilder line = new StringBuilder();
        line.append(instance.getInstanceId())
                .append(' ')
                .append(instance.getJavaClass().getName());
        line.append(' ').append(instance.getSize());
        if (instance instanceof PrimitiveArrayInstance array) {
            line.append(" length ").append(array.getLength());
        } else if (instance instanceof ObjectArrayInstance array) {
            for (Object element : array.getValues()) {
                line.append(' ').append(element == null ? 0 : ((Instance) element).getInstanceId());
            }
        } else {
            values(instance.getFieldValues(), line);
        }
        return line.toString();
    }

    private static void values(List<?> values, StringBuilder line) {
        for (Object each : values) {
            FieldValue value = (FieldValue) each;
            String name = value.getField().getName();
            line.append(' ').append(name).append('=');
            if (value instanceof ObjectFieldValue reference) {
                line.append(
                        reference.getInstance() == null
                                ? 0
                                : reference.getInstance().getInstanceId());
            } else if (name.equals("hash") || name.equals("hashCode")) {
                line.append("(hash)");
            } else {
                line.append(value.getValue());
            }
        }
    }
}
