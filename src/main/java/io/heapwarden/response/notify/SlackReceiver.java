package io.heapwarden.response.notify;

import io.heapwarden.response.notify.SendResult.Retry;
import java.util.Map;

/** Posts to an incoming webhook of Slack, or of what speaks like it, such as Mattermost. */
final class SlackReceiver implements Transmitter {

    private final Address address;
    private final Map<String, String> labels;
    private final HttpPost http;

    /**
     * @param labels said with every notice
     */
    SlackReceiver(Address address, Map<String, String> labels, HttpPost http) {
        this.address = address;
        this.labels = labels;
        this.http = http;
    }

    @Override
    public SendResult send(Letter letter) {
        try {
            byte[] body = SlackMessage.json(letter.notice(), labels);
            return http.post(address.endpoint(), new Credentials.None(), Map.of(), body);
        } catch (SecretFile.UnreadableException e) {
            return new Retry(String.valueOf(e.getMessage()), null, true);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
