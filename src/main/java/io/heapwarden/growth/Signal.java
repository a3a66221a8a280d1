package io.heapwarden.growth;

/** One series that is watched for growth. The constants are spelled as they appear in the API. */
public enum Signal {
    /** Bytes of heap in use right after a collection. */
    HeapAfterGC,
    /** Bytes of metaspace in use. */
    Metaspace,
    /** Classes loaded and not unloaded. */
    Classes,
    /** Class loaders alive. */
    ClassLoaders,
    /** Platform threads alive. */
    Threads,
    /** Bytes of direct buffers. */
    DirectBuffers,
    /** Anonymous memory of the container, in bytes; never the working set, which counts page cache. */
    ContainerAnon,
    /** Anonymous memory that neither heap, metaspace, threads nor code explain, in bytes. */
    NativeGap,
    /** Bytes of all instances of one class. */
    ClassBytes,
    /** Instances of one class. */
    ClassInstances,
    /** Bytes allocated a second. */
    AllocationRate,
    /** Share of time spent in collections. */
    GcTime
}
