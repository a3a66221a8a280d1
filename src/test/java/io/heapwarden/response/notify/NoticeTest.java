package io.heapwarden.response.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoticeTest {

    @Test
    void isTheSameWhateverIsSaidOfIt() {
        Notice leak = Notices.leak("one");

        assertThat(Notices.of(NoticeKind.LeakConfirmed, "one").fingerprint()).isEqualTo(leak.fingerprint());
        assertThat(Notices.leak("one", Notices.SINCE.plusSeconds(1)).fingerprint())
                .isEqualTo(leak.fingerprint());
        assertThat(Notices.leak("two").fingerprint()).isNotEqualTo(leak.fingerprint());
        assertThat(Notices.of(NoticeKind.Critical, "one").fingerprint()).isNotEqualTo(leak.fingerprint());
    }

    @Test
    void beginAndEndAreOneIncident() {
        String incident = Notices.leak("one").incident();

        assertThat(Notices.of(NoticeKind.Critical, "one").incident()).isEqualTo(incident);
        assertThat(Notices.of(NoticeKind.Recovered, "one").incident()).isEqualTo(incident);
        assertThat(Notices.of(NoticeKind.Recovered, "two").incident()).isNotEqualTo(incident);
        assertThat(Notices.of(NoticeKind.Restarted, "one").incident()).isNotEqualTo(incident);
    }

    @Test
    void whatHappensTwiceIsTwoNotices() {
        Notice once = Notice.of(NoticeKind.Restarted, Notices.pod("one"), "", Notices.SINCE);
        Notice again = Notice.of(NoticeKind.Restarted, Notices.pod("one"), "", Notices.SINCE.plus(Duration.ofHours(1)));

        assertThat(again.fingerprint()).isNotEqualTo(once.fingerprint());
    }

    @Property
    void textsAreOneBoundedLineThatHidesNothing(@ForAll String text, @ForAll @IntRange(min = 2, max = 50) int longest) {
        String shown = PlainText.of(text, longest);

        assertThat(shown.length()).isLessThanOrEqualTo(longest);
        assertThat(shown.codePoints()).allSatisfy(point -> assertThat(Character.getType(point))
                .isNotIn((int) Character.CONTROL, (int) Character.FORMAT, (int) Character.SURROGATE, (int)
                        Character.LINE_SEPARATOR));
        assertThat(PlainText.of(shown, longest)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "https://user@wiki.example/", "/leaks", "https:///x"})
    void aLinkLeadsToAWebPage(String link) {
        assertThatThrownBy(() -> new Links(null, null, URI.create(link)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("runbook");
    }
}
