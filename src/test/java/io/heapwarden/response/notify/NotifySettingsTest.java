package io.heapwarden.response.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotifySettingsTest {

    @Test
    void readsWhatTheDocumentationShows() {
        NotifySettings settings = NotifySettings.parse(
                """
                receivers:
                - name: oncall
                  type: Alertmanager
                  urls: [http://alertmanager-0:9093, "http://alertmanager-1:9093/am/"]
                  tokenFile: /etc/heapwarden/notify/token
                - name: audit
                  type: Webhook
                  url: https://audit.example/heapwarden
                  secretFile: /etc/heapwarden/notify/key
                - name: team-shop
                  type: Slack
                  urlFile: /etc/heapwarden/notify/slack
                """);

        assertThat(settings.receivers())
                .extracting(ReceiverSettings::name)
                .containsExactly("oncall", "audit", "team-shop");
        assertThat(settings.receivers().getFirst().allUrls()).hasSize(2);
    }

    @Test
    void nothingConfiguredIsNobodyTold() {
        assertThat(NotifySettings.parse("")).isEqualTo(NotifySettings.NONE);
        assertThat(NotifySettings.parse("receivers:")).isEqualTo(NotifySettings.NONE);
        assertThat(NotifySettings.parse("{}")).isEqualTo(NotifySettings.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type: Slack, urlFile: /x | Receiver number 1 has no name",
                "name: A_b, type: Slack, urlFile: /x | has a name that no policy can use",
                "name: r, urlFile: /x | has no type: give Alertmanager, Webhook or Slack",
                "name: r, type: Slack, url: 'https://x/y' | is of type Slack, whose URL is a secret: give it as 'urlFile'",
                "name: r, type: Webhook | needs one URL: give either 'url' or 'urlFile'",
                "name: r, type: Webhook, url: 'https://x', urlFile: /x | needs one URL",
                "name: r, type: Webhook, url: 'gopher://x' | must begin with http:// or https://",
                "name: r, type: Webhook, url: 'https://u:p@x' | must name no user or password",
                "name: r, type: Alertmanager | has no URL: give 'url', or 'urls' for several",
                "name: r, type: Alertmanager, url: 'http://x', secretFile: /x | has 'secretFile', which says nothing for type Alertmanager",
                "name: r, type: Alertmanager, url: 'http://x', username: u | has only one of 'username' and 'passwordFile'",
                "name: r, type: Alertmanager, url: 'http://x', labels: {a-b: c} | has a label 'a-b'",
                "name: r, type: Alertmanager, url: 'http://x', labels: {a: ''} | whose value is empty",
                "name: r, type: Alertmanager, url: 'http://x', intervalSeconds: 0 | has 'intervalSeconds' 0: give 1 to 3600",
                "name: r, type: Pager | something else at receivers[0].type",
                "name: r, type: Slack, urlFile: /x, uri: y | a field 'uri' that is not known",
                "name: r, type: Slack, urlFile: /x}, {name: r, type: Slack, urlFile: /x | Two receivers have the name 'r'"
            })
    void saysWhatIsWrong(String receiver, String sentence) {
        assertThatThrownBy(() -> NotifySettings.parse("{receivers: [{" + receiver + "}]}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void saysAllThatIsWrongAtOnce() {
        assertThatThrownBy(() -> NotifySettings.parse("{receivers: [{name: r}, {type: Webhook}]}"))
                .hasMessageContaining("'r' has no type")
                .hasMessageContaining("number 2 has no name")
                .hasMessageContaining("number 2 needs one URL");
    }
}
