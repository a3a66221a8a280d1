package io.heapwarden.evidence.chain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One object that a JVM sampled when it was allocated and that was still alive when the recording ended: the event {@code jdk.OldObjectSample}.
 *
 * @param className as {@code Class.getTypeName} spells it: {@code byte[]}, {@code com.example.Order}
 * @param arrayLength elements, of an array; null of anything else
 * @param allocated when it was allocated, by the JVM's clock
 * @param age how long it has lived
 * @param lastKnownHeapUsage bytes of heap in use when it was allocated
 * @param allocationFrames who allocated it, the innermost frame first, as {@code com.example.Order.of(Order.java:12)} without the file
 * @param links what refers to it: the first link's holder refers to the object itself, the last one's holder is what the root refers to;
 *     empty when no way to a root was found before the search was cut off, and when a root refers to it directly
 * @param root where the chain hangs; null when none was found
 */
public record OldObjectSample(
        String className,
        @Nullable Integer arrayLength,
        Instant allocated,
        Duration age,
        long lastKnownHeapUsage,
        List<String> allocationFrames,
        List<Link> links,
        @Nullable Root root) {

    public OldObjectSample {
        allocationFrames = List.copyOf(allocationFrames);
        links = List.copyOf(links);
    }

    /**
     * A reference from one object to the next one nearer to the sampled object.
     *
     * @param holder class of the object that refers
     * @param description what the JVM adds about that object: {@code Size: 150000} for one with a field of that name,
     *     {@code Class Name: com.example.Order} for a class, {@code Thread Name: main} for a thread; null when it adds nothing
     * @param field the field that refers; null in an array
     * @param isStatic whether that field belongs to the class that the description names
     * @param index the element that refers; null outside arrays
     * @param arrayLength elements of that array; null outside arrays
     * @param skipped objects that the JVM left out between the two, of a chain longer than 200; mostly zero
     */
    public record Link(
            String holder,
            @Nullable String description,
            @Nullable String field,
            boolean isStatic,
            @Nullable Integer index,
            @Nullable Integer arrayLength,
            int skipped) {

        private static final String SIZE = "Size: ";
        private static final String CLASS_NAME = "Class Name: ";
        private static final int MAX_DIGITS = 10;

        /** The class whose static field refers; null of a link that is not static. */
        public @Nullable String staticOwner() {
            return isStatic && description != null && description.startsWith(CLASS_NAME)
                    ? description.substring(CLASS_NAME.length()).strip()
                    : null;
        }

        /** What the holder's own field {@code size} says, which is the number of entries of most collections; null when it has none. */
        public @Nullable Long size() {
            if (description == null || !description.startsWith(SIZE)) {
                return null;
            }
            String digits = description.substring(SIZE.length()).strip();
            boolean number = !digits.isEmpty()
                    && digits.length() <= MAX_DIGITS
                    && digits.chars().allMatch(c -> c >= '0' && c <= '9');
            return number ? Long.valueOf(digits) : null;
        }
    }

    /**
     * What a chain ends in.
     *
     * @param system the part of the JVM: {@code Threads}, {@code Class Loader Data}, {@code Global JNI Handles}
     * @param type the kind of root there: {@code Stack Variable}, {@code Local JNI Handle}
     * @param description such as {@code Thread Name: main}; null when the JVM adds nothing
     */
    public record Root(String system, String type, @Nullable String description) {

        private static final String THREAD_NAME = "Thread Name: ";

        /** The thread whose stack or handles refer; null for other roots. */
        public @Nullable String threadName() {
            return description != null && description.startsWith(THREAD_NAME)
                    ? description.substring(THREAD_NAME.length())
                    : null;
        }
    }
}
