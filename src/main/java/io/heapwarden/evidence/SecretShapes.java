package io.heapwarden.evidence;

import java.util.Objects;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Secrets that are known by their shape, whatever they are called. Every pattern is of bounded or possessive repetition, so that a hostile text costs
 * no more than a long one.
 */
final class SecretShapes {

    private static final String KEY_BEGIN = "-----BEGIN ";
    private static final String KEY_END = "-----END ";
    private static final String DASHES = "-----";

    /** A password in an address: all up to the last @ before the address ends, since passwords hold / and @ unescaped; or a name that is a token. */
    private static final Pattern USER_INFO =
            Pattern.compile("(?<=://)(?:([^\\s\"'<>@/:]{0,256}+:)[^\\s\"'<>]{1,256}@|[^\\s\"'<>@/:]{1,256}+@)");

    /** Oracle's own way: {@code jdbc:oracle:thin:user/password@host}. */
    private static final Pattern ORACLE =
            Pattern.compile("(?i)((?:thin|oci8?+):[^\\s\"'/@]{1,128}+)/([^\\s\"']{1,512}@)");

    private static final Pattern SCHEME =
            Pattern.compile("(?i)\\b(bearer|basic|digest|negotiate|apikey)(\\s++|%20)[^\\s\"',;]++");

    private static final Pattern KNOWN = Pattern.compile(String.join(
            "|",
            "(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,8192}+\\.[A-Za-z0-9_-]{1,8192}+(?:\\.[A-Za-z0-9_-]{0,8192}+){0,3}+", // JWT, JWE
            "\\b(?:AKIA|ASIA|ABIA|ACCA|AROA|AIDA)[A-Z0-9]{16}\\b", // AWS
            "\\bgh[pousr]_[A-Za-z0-9]{20,255}+",
            "\\bgithub_pat_[A-Za-z0-9_]{20,255}+",
            "\\bglpat-[A-Za-z0-9_-]{16,255}+",
            "\\bxox[abeoprs]-[A-Za-z0-9-]{10,255}+", // Slack
            "https://hooks\\.slack\\.com/[^\\s\"']{1,512}+",
            "\\bAIza[A-Za-z0-9_-]{35}", // Google
            "\\bya29\\.[A-Za-z0-9_-]{20,2048}+",
            "\\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,255}+", // Stripe
            "\\bnpm_[A-Za-z0-9]{30,255}+",
            "\\bhv[sbr]\\.[A-Za-z0-9_-]{20,512}+", // Vault
            "\\bSG\\.[A-Za-z0-9_-]{16,64}+\\.[A-Za-z0-9_-]{16,64}+")); // SendGrid

    private SecretShapes() {}

    /** Masks blocks of keys, over lines; one without an end is masked to the end of the text. */
    static String maskBlocks(String text) {
        int begin = text.indexOf(KEY_BEGIN);
        if (begin < 0) {
            return text;
        }
        StringBuilder masked = new StringBuilder(text.length());
        int at = 0;
        while (begin >= 0) {
            int label = text.indexOf(DASHES, begin + KEY_BEGIN.length());
            int bodyFrom = label < 0 ? begin + KEY_BEGIN.length() : label + DASHES.length();
            int bodyTo = text.indexOf(KEY_END, bodyFrom);
            masked.append(text, at, bodyFrom).append(SecretMask.MASK);
            at = bodyTo < 0 ? text.length() : bodyTo;
            begin = text.indexOf(KEY_BEGIN, at);
        }
        return masked.append(text, at, text.length()).toString();
    }

    /** Masks passwords in the addresses of one line. */
    static String maskAddresses(String line) {
        if (line.indexOf('@') < 0) {
            return line;
        }
        String masked = replace(
                USER_INFO, line, found -> Objects.requireNonNullElse(found.group(1), "") + SecretMask.MASK + "@");
        return replace(ORACLE, masked, found -> found.group(1) + "/" + SecretMask.MASK + "@");
    }

    /** Masks tokens and keys of one line. */
    static String maskTokens(String line) {
        String masked = replace(SCHEME, line, found -> found.group(1) + found.group(2) + SecretMask.MASK);
        return replace(KNOWN, masked, found -> SecretMask.MASK);
    }

    private static String replace(Pattern pattern, String text, Function<MatchResult, String> by) {
        return pattern.matcher(text).replaceAll(found -> Matcher.quoteReplacement(by.apply(found)));
    }
}
