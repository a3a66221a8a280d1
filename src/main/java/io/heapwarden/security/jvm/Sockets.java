package io.heapwarden.security.jvm;

import io.heapwarden.security.jvm.JvmFacts.ListeningSocket;
import io.heapwarden.security.jvm.JvmFacts.Owner;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Listening sockets, as /proc/net/tcp and tcp6 have them: addresses in words of four bytes, each in the byte order of the machine. */
final class Sockets {

    private static final int MOST = 200;
    private static final Pattern SOCKET =
            Pattern.compile("([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) (\\d{1,10}) (yes|no)");

    /** The network 127.0.0.0/8 as a word: its first byte is the last, or on a machine that writes the highest byte first, the first. */
    private static final Pattern LOOPBACK = Pattern.compile("[0-9A-F]{6}7F|7F[0-9A-F]{6}");

    /** An IPv4 address within IPv6, ::ffff:0:0/96, either way. */
    private static final Pattern MAPPED = Pattern.compile("0{16}(FFFF0000|0000FFFF)([0-9A-F]{8})");

    private static final Pattern LOOPBACK6 = Pattern.compile("0{24}(01000000|00000001)");
    private static final int HEXADECIMAL = 16;

    private Sockets() {}

    /** @param filesRead whether it was seen which files the JVM has open */
    static List<ListeningSocket> parse(List<String> lines, boolean filesRead) {
        return lines.stream()
                .limit(MOST)
                .map(SOCKET::matcher)
                .filter(Matcher::matches)
                .map(matcher -> new ListeningSocket(
                        Integer.parseInt(matcher.group(2), HEXADECIMAL),
                        isLoopback(matcher.group(1)),
                        Words.small(matcher.group(3)),
                        matcher.group(4).equals("yes") ? Owner.Jvm : filesRead ? Owner.Other : Owner.Unknown))
                .distinct()
                .toList();
    }

    private static boolean isLoopback(String address) {
        Optional<String> mapped =
                Optional.of(MAPPED.matcher(address)).filter(Matcher::matches).map(m -> m.group(2));
        return LOOPBACK.matcher(mapped.orElse(address)).matches()
                || LOOPBACK6.matcher(address).matches();
    }
}
