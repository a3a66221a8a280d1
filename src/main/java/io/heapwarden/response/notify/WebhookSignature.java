package io.heapwarden.response.notify;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs a body so that its receiver knows who sent it and when: {@code t=<seconds since 1970>,v1=<HMAC-SHA256 of "t.body", hexadecimal>}, as Stripe's
 * webhooks do. With two keys there are two {@code v1}, so that keys are exchanged without a gap. The time is that of the attempt: a receiver that
 * refuses what is older than five minutes cannot be sent yesterday's message again.
 */
final class WebhookSignature {

    static final String HEADER = "X-Heapwarden-Signature";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST_KEY = 16;
    private static final int MOST_KEYS = 3;

    private WebhookSignature() {}

    /**
     * The header's value.
     *
     * @param keys one key a line
     * @throws SecretFile.UnreadableException when there is no key, a weak one, or more than three
     */
    static String of(SecretFile keys, Instant now, byte[] body) throws SecretFile.UnreadableException {
        List<String> lines = keys.read()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (lines.size() > MOST_KEYS) {
            throw new SecretFile.UnreadableException(
                    keys.path() + " holds more than " + MOST_KEYS + " keys: leave the ones that receivers still use");
        }
        StringBuilder header = new StringBuilder("t=").append(now.getEpochSecond());
        for (String line : lines) {
            byte[] key = line.getBytes(StandardCharsets.UTF_8);
            if (key.length < SHORTEST_KEY) {
                throw new SecretFile.UnreadableException(keys.path() + " holds a key shorter than " + SHORTEST_KEY
                        + " bytes: make one with 'openssl rand -hex 32'");
            }
            header.append(",v1=").append(hmac(key, now.getEpochSecond() + ".", body));
        }
        return header.toString();
    }

    private static String hmac(byte[] key, String prefix, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update(prefix.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", e);
        }
    }
}
