package io.heapwarden.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class ChannelsPageTest {

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "LocalProcess")
    void saysOfEachChannelWhatItSaysOfItself(ChannelKind kind) throws Exception {
        assertThat(Files.readString(Path.of("docs/channels.md")))
                .contains("[`" + kind + "`](")
                .contains("| " + kind.needs() + " | " + kind.costs() + " | " + kind.sees() + " |");
    }
}
