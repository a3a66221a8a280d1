package io.heapwarden.security.jvm;

import io.heapwarden.jvm.MalformedOutputException;
import io.heapwarden.security.jvm.JvmFacts.AttachFile;
import io.heapwarden.security.jvm.JvmFacts.Java;
import io.heapwarden.security.jvm.JvmFacts.MappedCode;
import io.heapwarden.security.jvm.JvmFacts.OtherProcess;
import io.heapwarden.security.jvm.JvmOptions.Option;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what security.sh says, section by section. All of it comes out of a container and is trusted in nothing: of each kind so many are read, each so
 * long, and without control characters; a line that is of no known form is passed over, as a kernel may say more than is read. What must be there and is
 * not, or is no number, is malformed.
 */
public final class JvmFactsParser {

    /** The sections of security.sh. */
    public static final List<String> SECTIONS = List.of("about", "kernel", "links", "sockets", "release", "options");

    /** Longest text that is read, in characters. */
    static final int LONGEST = 1 << 20;

    private static final int MOST_CODE = 1000;
    private static final int MOST_OPTIONS = 1000;

    private static final Pattern MAPPED = Pattern.compile("\\S+ ([-r][-w][-x][ps]) \\S+ \\S+ \\S+ +(/.*)");
    private static final Pattern ROOT = Pattern.compile("\\S+ / \\S+ (r[ow])(,.*)?");
    private static final Pattern PROGRAM = Pattern.compile("l.* /proc/(\\d{1,10})/exe -> (/.*)");
    private static final Pattern ARCHIVE = Pattern.compile("l.* -> (/.*\\.jar \\(deleted\\))");
    private static final Pattern ATTACH =
            Pattern.compile("(\\S{10,11}) +\\d+ +(\\d{1,10}) +\\d+ .* /tmp/\\.java_pid\\d+.*");
    private static final Pattern RELEASE = Pattern.compile("JAVA_VERSION=\"?([\\w.+~-]{1,64})\"?");
    private static final String DELETED = " (deleted)";
    private static final String SAME = "same";
    private static final Pattern COUNT = Pattern.compile("count (\\d{1,9})");

    private final int pid;
    private final Map<String, String> sections;
    private final @Nullable JvmFacts earlier;
    private final long startTicks;
    private final int self;
    private final Set<Integer> foreign = new LinkedHashSet<>();
    private final Set<Integer> younger = new LinkedHashSet<>();
    private boolean more;

    private JvmFactsParser(int pid, Map<String, String> sections, @Nullable JvmFacts earlier)
            throws MalformedOutputException {
        this.pid = pid;
        this.sections = sections;
        this.earlier = earlier;
        long ticks = -1;
        long own = -1;
        for (String line : lines("about").toList()) {
            String[] words = line.split(" ", 2);
            String word = words.length == 2 ? words[1] : "";
            switch (words[0]) {
                case "ticks" -> ticks = Words.number("start time of the JVM", word, Long.MAX_VALUE);
                case "self" -> own = Words.number("process id of the script", word, Integer.MAX_VALUE);
                case "foreign" -> foreign.add((int) Words.number("process id", word, Integer.MAX_VALUE));
                case "new" -> younger.add((int) Words.number("process id", word, Integer.MAX_VALUE));
                case "more" -> more = true;
                default -> {}
            }
        }
        if (ticks < 0 || own < 0) {
            throw new MalformedOutputException(
                    "the security script does not say when the JVM started, or who it is itself");
        }
        this.startTicks = ticks;
        this.self = (int) own;
    }

    /**
     * Reads the sections.
     *
     * @param pid process id of the JVM, as the script was given it
     * @param sections text by name
     * @param earlier what an earlier look saw, which the script was told of and may say to be the same; null when it was not told
     * @throws MalformedOutputException when they are not what the script says of a JVM
     */
    public static JvmFacts parse(int pid, Map<String, String> sections, @Nullable JvmFacts earlier)
            throws MalformedOutputException {
        for (String text : sections.values()) {
            if (text.length() > LONGEST) {
                throw new MalformedOutputException(
                        "a section of the security script is longer than " + LONGEST + " characters");
            }
        }
        return new JvmFactsParser(pid, sections, earlier).facts();
    }

    private JvmFacts facts() throws MalformedOutputException {
        ProcessTable table = ProcessTable.parse(lines("kernel").toList());
        ProcessTable.Row jvm = table.row(pid);
        if (jvm == null) {
            throw new MalformedOutputException("the security script says nothing of the process " + pid);
        }
        return new JvmFacts(
                pid,
                startTicks,
                same("options") ? known().options() : options(),
                new JvmFacts.Rights(
                        jvm.uid(), jvm.capabilities(), jvm.noNewPrivileges(), jvm.seccomp(), rootWritable()),
                code(),
                processes(table),
                more,
                same("sockets")
                        ? known().sockets()
                        : Sockets.parse(
                                lines("sockets").toList(), lines("links").anyMatch("fds yes"::equals)),
                notConnected(),
                attachFile(),
                same("release") ? known().java() : java());
    }

    private boolean same(String section) {
        return lines(section).anyMatch(SAME::equals);
    }

    private JvmFacts known() throws MalformedOutputException {
        if (earlier == null || earlier.pid() != pid || earlier.startTicks() != startTicks) {
            throw new MalformedOutputException(
                    "the security script says that something is the same as at an earlier look, and there was none of this JVM");
        }
        return earlier;
    }

    private @Nullable Integer notConnected() {
        return lines("sockets")
                .map(COUNT::matcher)
                .filter(Matcher::matches)
                .map(matcher -> Words.small(matcher.group(1)))
                .findFirst()
                .orElse(null);
    }

    private JvmOptions options() {
        List<String> lines = lines("options").toList();
        List<Option> options = new ArrayList<>();
        boolean whole = false;
        boolean files = false;
        for (String line : lines) {
            int blank = line.indexOf(' ');
            if (line.equals("read")) {
                // Said after the command line; one that could not be taken apart had not even the options of the JVM's
                // start.
                whole = true;
            } else if (blank > 0 && line.substring(blank + 1).equals("@")) {
                files = true;
            } else if (blank > 0 && options.size() < MOST_OPTIONS) {
                options.add(new Option(line.substring(0, blank), line.substring(blank + 1)));
            }
        }
        return new JvmOptions(List.copyOf(options), whole && !files && options.size() < MOST_OPTIONS);
    }

    private @Nullable Boolean rootWritable() {
        return lines("kernel")
                .map(ROOT::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1).equals("rw"))
                // What is mounted later lies over what was there.
                .reduce((first, second) -> second)
                .orElse(null);
    }

    private List<MappedCode> code() {
        // Of an archive no code is mapped, but what is in it becomes code.
        Stream<String> mapped = lines("kernel")
                .map(MAPPED::matcher)
                .filter(matcher -> matcher.matches()
                        && (matcher.group(1).indexOf('x') >= 0
                                || matcher.group(2).endsWith(".jar" + DELETED)))
                .map(matcher -> matcher.group(2));
        Stream<String> open =
                lines("links").map(ARCHIVE::matcher).filter(Matcher::matches).map(m -> m.group(1));
        return Stream.concat(mapped, open)
                .map(JvmFactsParser::file)
                .distinct()
                .limit(MOST_CODE)
                .toList();
    }

    private List<OtherProcess> processes(ProcessTable table) {
        Map<Integer, MappedCode> programs = new HashMap<>();
        lines("links")
                .map(PROGRAM::matcher)
                .filter(Matcher::matches)
                .forEach(matcher -> programs.put(Words.small(matcher.group(1)), file(matcher.group(2))));
        return table.rows().stream()
                .filter(row -> row.pid() != pid && !table.isBelow(row.pid(), self) && !isAbove(table, row.pid()))
                .map(row -> new OtherProcess(
                        row.pid(),
                        row.parent(),
                        row.name(),
                        row.uid() == null ? -1 : row.uid(),
                        programs.get(row.pid()),
                        younger.contains(row.pid()),
                        foreign.contains(row.pid()),
                        table.isBelow(row.pid(), pid)))
                .toList();
    }

    /** Who started the script, up to the JVM or to where the session came in. */
    private boolean isAbove(ProcessTable table, int process) {
        return process > 1 && table.isBelow(self, process) && !table.isBelow(pid, process);
    }

    private @Nullable AttachFile attachFile() {
        return lines("links")
                .map(ATTACH::matcher)
                .filter(Matcher::matches)
                .map(matcher -> new AttachFile(matcher.group(1), Words.small(matcher.group(2))))
                .findFirst()
                .orElse(null);
    }

    private Java java() {
        String home = null;
        String version = null;
        for (String line : lines("release").toList()) {
            Matcher matcher = RELEASE.matcher(line);
            if (home == null && line.startsWith("home /")) {
                home = line.substring("home ".length());
            } else if (version == null && matcher.matches()) {
                version = matcher.group(1);
            }
        }
        return new Java(home, version);
    }

    private static MappedCode file(String path) {
        boolean deleted = path.endsWith(DELETED);
        return new MappedCode(deleted ? path.substring(0, path.length() - DELETED.length()) : path, deleted);
    }

    private Stream<String> lines(String section) {
        return sections.getOrDefault(section, "").lines().map(Words::printable).filter(line -> !line.isEmpty());
    }
}
