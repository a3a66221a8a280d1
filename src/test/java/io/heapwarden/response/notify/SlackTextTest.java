package io.heapwarden.response.notify;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

class SlackTextTest {

    @Property
    void whatFitsIsReadBackAsItWas(@ForAll @Chars({'&', '<', '>', ';', 'a', 'm', 'p', 'l', 't', '!'}) String text) {
        assertThat(unescape(SlackText.escape(text, Integer.MAX_VALUE))).isEqualTo(text);
    }

    @Property
    void anyTextIsReadBackAsItWas(@ForAll String text) {
        assertThat(unescape(SlackText.escape(text, Integer.MAX_VALUE))).isEqualTo(text);
    }

    @Property
    void nothingIsLeftThatSlackActsOnWhereverItIsCut(
            @ForAll @Chars({'&', '<', '>', ';', 'a', 'ä', '@'}) @StringLength(max = 60) String text,
            @ForAll @IntRange(min = 1, max = 80) int longest) {
        String escaped = SlackText.escape(text, longest);

        assertThat(escaped.length()).isLessThanOrEqualTo(longest);
        assertThat(escaped).doesNotContain("<", ">");
        assertThat(escaped.replace("&amp;", "").replace("&lt;", "").replace("&gt;", ""))
                .doesNotContain("&");
        String read = unescape(escaped);
        assertThat(text).startsWith(read.endsWith("…") ? read.substring(0, read.length() - 1) : read);
    }

    @Property
    void aCodeSpanIsNotLeft(@ForAll @Chars({'`', '<', 'a'}) @StringLength(max = 30) String text) {
        String code = SlackText.code(text, 40);

        assertThat(code.chars().filter(character -> character == '`').count()).isEqualTo(2);
        assertThat(code.length()).isLessThanOrEqualTo(40);
    }

    private static String unescape(String text) {
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }
}
