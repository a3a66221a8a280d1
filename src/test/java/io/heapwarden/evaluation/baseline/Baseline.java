package io.heapwarden.evaluation.baseline;

import io.heapwarden.evaluation.Recording;
import java.util.List;

/** A plain rule that people alarm on. It sees what the engine sees, sample by sample, and never what comes later. */
public interface Baseline {

    /** What the rule is called. */
    String name();

    /** Its setting, in words. */
    String setting();

    /** When it alarms over a recording. */
    Alarms over(Recording recording);

    /** Each family of rules with the settings that are tried; the first one is the usual one. */
    static List<List<? extends Baseline>> families() {
        return List.of(
                UsedHeapThreshold.SETTINGS,
                RssSlope.SETTINGS,
                MannKendall.SETTINGS,
                LinearPrediction.SETTINGS,
                GrewInEveryHistogram.SETTINGS);
    }
}
