package io.heapwarden.jvm;

/** The garbage collectors of HotSpot. The constants are spelled as they appear in reports and traces. */
public enum Collector {
    G1,
    Serial,
    Parallel,
    CMS,
    ZGC,
    Shenandoah,
    Epsilon,
    Unknown
}
