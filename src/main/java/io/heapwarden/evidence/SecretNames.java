package io.heapwarden.evidence;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which names of properties, options and variables mean a secret. A name is compared in lower case without dots, hyphens and underscores, so that
 * {@code DB_PASSWORD}, {@code db.password} and {@code dbPassword} are one; docs/evidence.md lists the words for users.
 */
final class SecretNames {

    /** Anywhere in the name. */
    private static final Pattern WORDS =
            Pattern.compile("password|passwd|passphrase|passwort|pwd|passcode|secret|token|credential|authorization"
                    + "|apikey|accesskey|privatekey|signingkey|encryptionkey|masterkey|accountkey|sharedkey|licensekey"
                    + "|storepass|keypass|private|connectionstring|cookie|sessionid|jwt|bearer|jaasconfig|signature");

    /** As one whole word of the name. */
    private static final Set<String> WHOLE =
            Set.of("pass", "pw", "pin", "auth", "salt", "creds", "cred", "dsn", "sas", "otp", "seed", "sig");

    /** As the last word: a {@code keyStore} is a file, a {@code storeKey} is not. */
    private static final Set<String> LAST = Set.of("key", "keys");

    private static final Pattern BOUNDARY = Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])");
    private static final Pattern JOINTS = Pattern.compile("[^a-z0-9]+");

    private SecretNames() {}

    static boolean secret(String name) {
        // The JVM's own switches are never secrets, and their names are what the part is kept for.
        if (name.startsWith("-XX:") || name.startsWith("XX:")) {
            return false;
        }
        String joined = JOINTS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
        if (WORDS.matcher(joined).find()) {
            return true;
        }
        List<String> words = List.of(BOUNDARY.split(name)).stream()
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
        return words.stream().anyMatch(WHOLE::contains) || !words.isEmpty() && LAST.contains(words.getLast());
    }
}
