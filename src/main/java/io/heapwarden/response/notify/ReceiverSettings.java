package io.heapwarden.response.notify;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A receiver as the platform team configures it. Policies name it and cannot change where it is, so that no tenant points the operator at an address
 * of its choice. {@link SettingsCheck} says what is wrong with one.
 *
 * @param name what policies name it by: lower-case letters, digits and dashes
 * @param type what it is
 * @param url where it is; {@code urls} for several Alertmanagers of one cluster, all of which are told
 * @param urls see {@code url}
 * @param urlFile file that holds the URL, where the URL is a secret; for Slack and webhooks
 * @param secretFile file with the keys that a webhook's body is signed with, one a line
 * @param tokenFile file with a bearer token
 * @param username user of basic authentication; goes with {@code passwordFile}
 * @param passwordFile file with the password
 * @param caFile file with the certificates, in PEM, that are trusted instead of the JDK's own
 * @param labels said with every notice, such as the cluster's name
 * @param perMinute notices a minute, 20 for Slack and 300 for a webhook if not given; not for an Alertmanager
 * @param intervalSeconds time between two sends of an alert that stands, 60 if not given; only for an Alertmanager
 * @param timeoutSeconds of one request, 10 if not given
 */
public record ReceiverSettings(
        @JsonProperty("name") @Nullable String name,
        @JsonProperty("type") @Nullable ReceiverType type,
        @JsonProperty("url") @Nullable String url,
        @JsonProperty("urls") @Nullable List<String> urls,
        @JsonProperty("urlFile") @Nullable String urlFile,
        @JsonProperty("secretFile") @Nullable String secretFile,
        @JsonProperty("tokenFile") @Nullable String tokenFile,
        @JsonProperty("username") @Nullable String username,
        @JsonProperty("passwordFile") @Nullable String passwordFile,
        @JsonProperty("caFile") @Nullable String caFile,
        @JsonProperty("labels") @Nullable Map<String, String> labels,
        @JsonProperty("perMinute") @Nullable Integer perMinute,
        @JsonProperty("intervalSeconds") @Nullable Integer intervalSeconds,
        @JsonProperty("timeoutSeconds") @Nullable Integer timeoutSeconds) {

    /** All URLs that are written here, from {@code url} and {@code urls}. */
    List<String> allUrls() {
        return Stream.concat(Stream.ofNullable(url), Stream.ofNullable(urls).flatMap(List::stream))
                .toList();
    }

    Map<String, String> labelsOrNone() {
        return labels == null ? Map.of() : labels;
    }

    /** Nothing that is secret is in here, but a URL that should have been in a file may be. */
    @Override
    public String toString() {
        return type + " " + name;
    }
}
