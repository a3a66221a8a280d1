package io.heapwarden.security.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of images are read as container runtimes read them, and what is none is named. */
class ImageReferenceTest {

    private static final String SHA = "sha256:" + "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @CsvSource({
        "nginx, docker.io, library/nginx,",
        "nginx:1.27, docker.io, library/nginx, 1.27",
        "team/app, docker.io, team/app,",
        "index.docker.io/nginx, docker.io, library/nginx,",
        "docker.io/team/app:x, docker.io, team/app, x",
        "registry.shop.example/team/app:1.2, registry.shop.example, team/app, 1.2",
        "registry.shop.example:5000/app, registry.shop.example:5000, app,",
        "localhost/app:dev, localhost, app, dev",
        "localhost:5000/a/b/c, localhost:5000, a/b/c,",
        "host:5000/app:1, host:5000, app, 1",
        "[2001:db8::1]:5000/app, [2001:db8::1]:5000, app,",
        "127.0.0.1:5000/app, 127.0.0.1:5000, app,",
        "Registry/app, Registry, app,",
        "a.b/c__d/e-f.g_h:V_1.0-x, a.b, c__d/e-f.g_h, V_1.0-x",
        "quay.io/a---b, quay.io, a---b,",
    })
    void readsWhatRuntimesRead(String text, String registry, String repository, String tag) {
        assertThat(ImageReference.parse(text)).isEqualTo(new ImageReference(registry, repository, tag, null));
    }

    @Test
    void readsDigestsWithAndWithoutATag() {
        assertThat(ImageReference.parse("app@" + SHA))
                .isEqualTo(new ImageReference("docker.io", "library/app", null, SHA));
        assertThat(ImageReference.parse("r.io/app:1@" + SHA))
                .isEqualTo(new ImageReference("r.io", "app", "1", SHA))
                .hasToString("r.io/app:1@" + SHA);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | is empty",
                "App | has capitals in its repository",
                "r.io/Team/app | has capitals in its repository",
                "a//b | repository that is not of",
                "a/b/ | repository that is not of",
                "/a | repository that is not of",
                "a___b | repository that is not of",
                "a..b | repository that is not of",
                "-a | repository that is not of",
                "https://r.io/app | has no registry of the form",
                "r_x.io/app | has no registry of the form",
                "app: | has a tag that is not",
                "app:-x | has a tag that is not",
                "app:a b | has a tag that is not",
                "app@sha256:abc | has a digest of 3 digits; sha256 has 64",
                "app@md5:d41d8cd98f00b204e9800998ecf8427e | has a digest that is not sha256:",
                "app@ | has a digest that is not sha256:",
                "' app' | repository that is not of",
            })
    void namesWhatIsNone(String text, String why) {
        assertThatThrownBy(() -> ImageReference.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"")
                .hasMessageContaining(why);
    }

    @Test
    void namesIdentifiersAndWhatIsTooLong() {
        assertThatThrownBy(() -> ImageReference.parse("0123456789abcdef".repeat(4)))
                .hasMessageContaining("identifier");
        assertThatThrownBy(() -> ImageReference.parse("r.io/" + "a".repeat(256)))
                .hasMessageContaining("255");
        assertThatThrownBy(() -> ImageReference.parse("app:" + "1".repeat(129))).hasMessageContaining("128");
        assertThatThrownBy(() -> ImageReference.parse("a".repeat(5000)))
                .hasMessageContaining("1024")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(250));
        assertThatThrownBy(() -> ImageReference.parse("app\n:1"))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    @Test
    void noNameMakesItSlow() {
        String hard = "a-".repeat(500) + "!";

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(1), () -> assertThatThrownBy(() -> ImageReference.parse(hard))
                        .isInstanceOf(IllegalArgumentException.class));
    }

    @Property(tries = 2000)
    void whateverIsReadIsReadTheSameAgain(
            @ForAll @Chars({'a', 'b', 'Z', '1', '.', ':', '/', '-', '_', '@'}) @StringLength(max = 20) String text) {
        ImageReference read;
        try {
            read = ImageReference.parse(text);
        } catch (IllegalArgumentException e) {
            return;
        }
        assertThat(ImageReference.parse(read.toString())).isEqualTo(read);
    }
}
