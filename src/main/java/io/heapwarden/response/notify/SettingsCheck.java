package io.heapwarden.response.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is wrong with the settings of one receiver, in sentences. No sentence repeats a URL. */
final class SettingsCheck {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]{0,62}");
    private static final int LONGEST_LABEL_VALUE = 200;
    private static final int MOST_LABELS = 10;
    private static final int MOST_URLS = 8;
    private static final int MOST_PER_MINUTE = 6000;
    private static final int LONGEST_INTERVAL = 3600;
    private static final int LONGEST_TIMEOUT = 60;

    private final ReceiverSettings settings;
    private final String who;
    private final List<String> problems = new ArrayList<>();

    private SettingsCheck(ReceiverSettings settings, int index) {
        this.settings = settings;
        this.who = settings.name() == null
                ? "Receiver number " + (index + 1)
                : "Receiver '" + PlainText.of(settings.name(), 63) + "'";
    }

    /**
     * Looks.
     *
     * @param index place in the list of receivers, from 0
     */
    static List<String> problems(ReceiverSettings settings, int index) {
        SettingsCheck check = new SettingsCheck(settings, index);
        check.name();
        ReceiverType type = settings.type();
        if (type == null) {
            check.say("has no type: give Alertmanager, Webhook or Slack");
        } else {
            check.address(type);
            check.fieldsOf(type);
        }
        check.credentials();
        check.labels();
        check.range("perMinute", settings.perMinute(), MOST_PER_MINUTE);
        check.range("intervalSeconds", settings.intervalSeconds(), LONGEST_INTERVAL);
        check.range("timeoutSeconds", settings.timeoutSeconds(), LONGEST_TIMEOUT);
        return check.problems;
    }

    private void name() {
        if (settings.name() == null) {
            say("has no name: give one, so that policies can name it");
        } else if (!NAME.matcher(settings.name()).matches()) {
            say("has a name that no policy can use: give lower-case letters, digits and dashes, at most 63");
        }
    }

    private void address(ReceiverType type) {
        List<String> urls = settings.allUrls();
        for (int i = 0; i < urls.size(); i++) {
            try {
                Endpoint endpoint = Endpoint.parse(urls.get(i));
                if (type == ReceiverType.Alertmanager && endpoint.uri().getRawQuery() != null) {
                    say("has a URL with a query: give the address of the Alertmanager, without /api/v2/alerts");
                }
            } catch (IllegalArgumentException e) {
                say("has a URL" + (urls.size() > 1 ? " (number " + (i + 1) + ")" : "") + " that is not right: it "
                        + e.getMessage());
            }
        }
        boolean inFile = settings.urlFile() != null;
        switch (type) {
            case Alertmanager -> {
                if (inFile) {
                    say("is an Alertmanager and has a 'urlFile': give 'url', or 'urls' for several");
                }
                if (urls.isEmpty()) {
                    say("has no URL: give 'url', or 'urls' for several");
                } else if (urls.size() > MOST_URLS) {
                    say("has more than " + MOST_URLS + " URLs");
                }
            }
            case Webhook -> {
                if (urls.size() + (inFile ? 1 : 0) != 1) {
                    say("needs one URL: give either 'url' or 'urlFile'");
                }
            }
            case Slack -> {
                if (!inFile || !urls.isEmpty()) {
                    say("is of type Slack, whose URL is a secret: give it as 'urlFile', and no 'url'");
                }
            }
        }
    }

    private void fieldsOf(ReceiverType type) {
        only("secretFile", settings.secretFile(), type == ReceiverType.Webhook, type);
        only("intervalSeconds", settings.intervalSeconds(), type == ReceiverType.Alertmanager, type);
        only("perMinute", settings.perMinute(), type != ReceiverType.Alertmanager, type);
        only("tokenFile", settings.tokenFile(), type != ReceiverType.Slack, type);
        only("username", settings.username(), type != ReceiverType.Slack, type);
    }

    private void credentials() {
        if ((settings.username() == null) != (settings.passwordFile() == null)) {
            say("has only one of 'username' and 'passwordFile': give both or none");
        }
        if (settings.username() != null && settings.username().contains(":")) {
            say("has a 'username' with a colon, which basic authentication cannot carry");
        }
        if (settings.tokenFile() != null && settings.username() != null) {
            say("has both 'tokenFile' and 'username': give one of them");
        }
    }

    private void labels() {
        if (settings.labelsOrNone().size() > MOST_LABELS) {
            say("has more than " + MOST_LABELS + " labels");
        }
        settings.labelsOrNone().forEach((name, value) -> {
            if (!LABEL.matcher(name).matches() || name.startsWith("__")) {
                say("has a label '" + PlainText.of(name, 63)
                        + "': give letters, digits and underscores, a digit and two underscores not first");
            }
            if (value == null
                    || value.isBlank()
                    || !PlainText.of(value, LONGEST_LABEL_VALUE).equals(value)) {
                say("has a label '" + PlainText.of(name, 63) + "' whose value is empty, longer than "
                        + LONGEST_LABEL_VALUE + " characters, or no plain text");
            }
        });
    }

    private void range(String field, @Nullable Integer value, int most) {
        if (value != null && (value < 1 || value > most)) {
            say(String.format(Locale.ROOT, "has '%s' %d: give 1 to %d", field, value, most));
        }
    }

    private void only(String field, @Nullable Object value, boolean fits, ReceiverType type) {
        if (value != null && !fits) {
            say("has '" + field + "', which says nothing for type " + type + ": remove it");
        }
    }

    private void say(String what) {
        problems.add(who + " " + what + ".");
    }
}
