package io.heapwarden.evidence.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.evidence.chain.RecordingList.Entry;
import org.junit.jupiter.api.Test;

/** Answers of JDK 17 and 25. */
class RecordingListTest {

    @Test
    void tellsOursFromOthersAndRunningFromEnded() {
        RecordingList list = RecordingList.parse(
                """
                4711:
                Recording 1: name=heapwarden-chains duration=5m (stopped)

                Recording 2: name=my app (nightly) maxsize=250.0MB (running)

                Recording 3: name=heapwarden-chains duration=5m (running)
                """);
        assertThat(list).isNotNull();
        assertThat(list.running()).containsExactly(new Entry(2, "my app (nightly)"), new Entry(3, "heapwarden-chains"));
        assertThat(list.ours()).isEqualTo(3);
        assertThat(list.other()).isEqualTo("my app (nightly)");
    }

    @Test
    void nothingRunsAndNoRecorderAreDifferent() {
        assertThat(RecordingList.parse(
                        "4711:\nNo available recordings.\n\nUse jcmd 4711 JFR.start to start a recording."))
                .isEqualTo(new RecordingList(java.util.List.of()));
        assertThat(RecordingList.parse("Module jdk.jfr not found.\nFlight Recorder can not be enabled."))
                .isNull();
        assertThat(RecordingList.parse("")).isNull();
    }
}
