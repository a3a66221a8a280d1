package io.heapwarden.local;

import java.io.StringWriter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes a report as JUnit XML, in the form that Jenkins, GitLab and the GitHub actions for test reports read: a test case for each objective of
 * each JVM. A broken objective is a failure; what could not be judged is an error, so that no run passes unseen. Pure.
 */
final class JUnitReport {

    private static final double MILLIS = 1000.0;

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    private JUnitReport() throws XMLStreamException {
        xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
    }

    static String of(RunReport run) {
        try {
            JUnitReport report = new JUnitReport();
            report.suite(run);
            return report.text.toString();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML could not be written to memory", e);
        }
    }

    private void suite(RunReport run) throws XMLStreamException {
        boolean notJudged = run.outcome() == Outcome.NotJudged;
        long cases =
                run.jvms().stream().mapToLong(jvm -> jvm.objectives().size()).sum();
        xml.writeStartDocument("UTF-8", "1.0");
        start("testsuites");
        start("testsuite");
        attribute(
                "name",
                "heapwarden " + run.command() + " " + run.policy().plan().key().name());
        attribute("tests", String.valueOf(cases + (notJudged ? 1 : 0)));
        attribute("failures", String.valueOf(run.brokenObjectives()));
        attribute("errors", notJudged ? "1" : "0");
        attribute("skipped", String.valueOf(unknown(run)));
        attribute("timestamp", run.startedAt().truncatedTo(ChronoUnit.SECONDS).toString());
        attribute("time", seconds(run.took()));
        for (JvmStanding jvm : run.jvms()) {
            for (ObjectiveStanding objective : jvm.objectives()) {
                testCase(run, jvm, objective);
            }
        }
        if (notJudged) {
            start("testcase");
            attribute("classname", "heapwarden");
            attribute("name", "could be judged");
            attribute("time", seconds(run.took()));
            start("error");
            attribute("message", String.valueOf(run.notJudged()));
            attribute("type", Outcome.NotJudged.name());
            xml.writeEndElement();
            xml.writeEndElement();
        }
        start("system-out");
        xml.writeCharacters(legal(TextReport.of(run)));
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void testCase(RunReport run, JvmStanding jvm, ObjectiveStanding objective) throws XMLStreamException {
        start("testcase");
        attribute("classname", jvm.jvm().main());
        attribute("name", objective.name() + ": " + objective.demand());
        attribute("time", seconds(run.took()));
        switch (objective.result()) {
            case Met -> {}
            case Broken -> {
                start("failure");
                attribute("message", failure(jvm, objective));
                attribute("type", String.valueOf(jvm.report().verdict()));
                xml.writeCharacters(legal(details(jvm, objective)));
                xml.writeEndElement();
            }
            case NotJudged -> {
                start("skipped");
                String why = jvm.notJudged();
                attribute("message", why == null ? objective.inWords() : why);
                xml.writeEndElement();
            }
        }
        xml.writeEndElement();
    }

    /** State, verdict, culprit and time to exhaustion in a sentence. */
    static String failure(JvmStanding jvm, ObjectiveStanding objective) {
        String culprit = jvm.report().culprits() == null
                        || jvm.report().culprits().isEmpty()
                ? ""
                : ", growing: " + TextReport.culprit(jvm.report().culprits().getFirst());
        String exhaustion = TextReport.exhaustion(jvm.report().exhaustion());
        return "%s is broken by %s: %s, %s%s%s"
                .formatted(
                        objective.name(),
                        jvm.jvm(),
                        jvm.report().state(),
                        jvm.report().verdict(),
                        culprit,
                        exhaustion == null ? "" : ", " + exhaustion);
    }

    private static String details(JvmStanding jvm, ObjectiveStanding objective) {
        String reasons = jvm.report().reasons() == null
                ? ""
                : jvm.report().reasons().stream().map(reason -> reason + "\n").collect(Collectors.joining());
        return objective.demand() + ": " + objective.inWords() + "\n" + reasons;
    }

    private static long unknown(RunReport run) {
        return run.jvms().stream()
                .flatMap(jvm -> jvm.objectives().stream())
                .filter(objective -> objective.result() == ObjectiveStanding.Result.NotJudged)
                .count();
    }

    private void start(String element) throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.writeStartElement(element);
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, legal(value));
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toMillis() / MILLIS);
    }

    /** XML 1.0 has no control characters, not even escaped; a class or an argument may bring some. */
    private static String legal(String text) {
        return text.codePoints()
                .map(c -> c == '\t'
                                || c == '\n'
                                || (c >= 0x20 && c <= 0xD7FF)
                                || (c >= 0xE000 && c <= 0xFFFD)
                                || c >= 0x10000
                        ? c
                        : '\uFFFD')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
