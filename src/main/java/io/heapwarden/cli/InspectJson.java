package io.heapwarden.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.heapwarden.jvm.ClassLoaderStatistics;
import io.heapwarden.jvm.ContainerEvents;
import io.heapwarden.jvm.CounterRates;
import io.heapwarden.jvm.FinalizerQueue;
import io.heapwarden.jvm.JvmCounters;
import io.heapwarden.jvm.NativeMemory;
import io.heapwarden.jvm.StringTable;
import io.heapwarden.jvm.ThreadDump;
import io.heapwarden.probe.JvmQuestions.Look;
import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.Success;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about a JVM as one JSON object. Its fields stay what they are; docs/inspect.md describes them. Sizes are in bytes, times in
 * seconds, shares from 0 to 1; what is not known is null; what was not asked is not there.
 */
final class InspectJson {

    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator json;

    private InspectJson(JsonGenerator json) {
        this.json = json;
    }

    /** Writes the fields of an answer. */
    private interface Body<T> {
        void write(T value) throws IOException;
    }

    static String line(Inspected found) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            new InspectJson(json).write(found);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private void write(Inspected found) throws IOException {
        json.writeStartObject();
        look(found.look());
        if (found.rates() != null) {
            rates(found.rates());
        }
        if (found.container() != null) {
            difference(found.container());
        }
        json.writeArrayFieldStart("findings");
        for (String finding : Findings.of(found)) {
            json.writeString(finding);
        }
        json.writeEndArray();
        section("threads", found.threads(), this::threads);
        section("classLoaders", found.classLoaders(), this::loaders);
        section("nativeMemory", found.nativeMemory(), this::memory);
        section("strings", found.strings(), this::table);
        section("symbols", found.symbols(), this::table);
        section("finalizers", found.finalizers(), this::finalizers);
        json.writeEndObject();
    }

    private void look(Look look) throws IOException {
        JvmCounters counters = look.counters();
        json.writeNumberField("pid", look.pid());
        json.writeStringField("javaVersion", counters == null ? null : counters.javaVersion());
        json.writeStringField(
                "collector", counters == null ? null : counters.collector().name());
        json.writeNumberField("processThreads", look.threads());
        number("rss", look.rss());
        json.writeObjectFieldStart("heap");
        number("used", counters == null ? null : counters.heap().used());
        number("afterGc", counters == null ? null : counters.heap().afterGc());
        number("committed", counters == null ? null : counters.heap().committed());
        number("max", counters == null ? null : counters.heap().max());
        json.writeEndObject();
        ContainerEvents events = look.container();
        json.writeObjectFieldStart("container");
        number("limit", look.containerLimit());
        number("limitHits", events.limitHits());
        number("highBreaches", events.highBreaches());
        number("outOfMemory", events.outOfMemory());
        number("oomKills", events.oomKills());
        number("groupKills", events.groupKills());
        number("someStalled", seconds(events.someStalled()));
        number("allStalled", seconds(events.allStalled()));
        json.writeEndObject();
    }

    private static @Nullable Double seconds(ContainerEvents.@Nullable Pressure pressure) {
        return pressure == null ? null : Double.valueOf(pressure.total().toMillis() / 1e3);
    }

    private void rates(CounterRates rates) throws IOException {
        CounterRates.Allocation allocation = rates.allocation();
        json.writeObjectFieldStart("rates");
        json.writeNumberField("seconds", rates.elapsed().toMillis() / 1e3);
        number("allocatedPerSecond", allocation == null ? null : whole(allocation.bytesPerSecond()));
        number("allocatedPerSecondAtLeast", allocation == null ? null : whole(allocation.atLeast()));
        number("allocatedPerSecondAtMost", allocation == null ? null : whole(allocation.atMost()));
        number("gcPauseShare", rates.gcPauseShare());
        number("stoppedShare", rates.stoppedShare());
        number("collectionsPerMinute", rates.collectionsPerMinute());
        json.writeEndObject();
    }

    private static Long whole(double number) {
        return Math.round(number);
    }

    private void difference(ContainerEvents.Difference difference) throws IOException {
        json.writeObjectFieldStart("containerRates");
        json.writeNumberField("seconds", difference.elapsed().toMillis() / 1e3);
        number("oomKills", difference.oomKills());
        number("limitHits", difference.limitHits());
        number("highBreaches", difference.highBreaches());
        number("someStalledShare", difference.someStalledShare());
        number("allStalledShare", difference.allStalledShare());
        json.writeEndObject();
    }

    private <T> void section(String name, @Nullable ProbeResult<T> result, Body<T> body) throws IOException {
        if (result == null) {
            return;
        }
        json.writeObjectFieldStart(name);
        switch (result) {
            case Success<T> s -> body.write(s.value());
            case Refusal<T> r -> notAnswered(r.reason().name(), r.detail());
            case Failure<T> f -> notAnswered(f.reason().name(), f.detail());
        }
        json.writeEndObject();
    }

    private void notAnswered(String reason, String detail) throws IOException {
        json.writeStringField("notAnswered", reason);
        json.writeStringField("detail", detail);
    }

    private <T> void array(String name, List<T> elements, Body<T> body) throws IOException {
        json.writeArrayFieldStart(name);
        for (T element : elements) {
            json.writeStartObject();
            body.write(element);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void threads(ThreadDump dump) throws IOException {
        json.writeNumberField("threads", dump.threads());
        json.writeNumberField("jvmThreads", dump.jvmThreads());
        json.writeNumberField("mountedVirtualThreads", dump.mountedVirtualThreads());
        array("groups", dump.groups(), group -> {
            json.writeStringField("name", group.name());
            json.writeStringField("state", group.state().name());
            json.writeNumberField("threads", group.threads());
            json.writeStringField("topFrame", group.topFrame());
            json.writeStringField("applicationFrame", group.applicationFrame());
            json.writeNumberField("applicationFrameThreads", group.applicationFrameThreads());
        });
        array("contendedLocks", dump.contendedLocks(), lock -> {
            json.writeStringField("class", lock.className());
            json.writeStringField("address", "0x" + Long.toHexString(lock.address()));
            json.writeBooleanField("monitor", lock.monitor());
            json.writeNumberField("waiters", lock.waiters());
            json.writeStringField("waitingGroup", lock.waitingGroup());
            json.writeStringField("holder", lock.holder());
        });
        array(
                "deadlocks",
                dump.deadlocks(),
                deadlock -> array("parties", deadlock.parties(), party -> {
                    json.writeStringField("thread", party.thread());
                    json.writeStringField("lockClass", party.lockClass());
                    json.writeStringField("heldBy", party.heldBy());
                }));
    }

    private void loaders(ClassLoaderStatistics statistics) throws IOException {
        json.writeNumberField("count", statistics.count());
        json.writeNumberField("classes", statistics.classes());
        json.writeNumberField("chunkBytes", statistics.chunkBytes());
        json.writeNumberField("blockBytes", statistics.blockBytes());
        array("loaders", statistics.loaders(), each -> {
            json.writeStringField("class", each.className());
            json.writeNumberField("count", each.count());
            json.writeNumberField("classes", each.classes());
            json.writeNumberField("hiddenClasses", each.hiddenClasses());
            json.writeNumberField("chunkBytes", each.chunkBytes());
            json.writeNumberField("blockBytes", each.blockBytes());
        });
    }

    private void memory(NativeMemory memory) throws IOException {
        NativeMemory.Tracked account = memory instanceof NativeMemory.Tracked tracked ? tracked : null;
        json.writeBooleanField("tracked", account != null);
        if (account != null) {
            json.writeNumberField("reserved", account.reserved());
            json.writeNumberField("committed", account.committed());
            array("categories", account.categories(), category -> {
                json.writeStringField("name", category.name());
                json.writeNumberField("reserved", category.reserved());
                json.writeNumberField("committed", category.committed());
            });
        }
    }

    private void table(StringTable table) throws IOException {
        json.writeNumberField("buckets", table.buckets());
        json.writeNumberField("entries", table.entries());
        json.writeNumberField("literalBytes", table.literalBytes());
        json.writeNumberField("bytes", table.bytes());
        json.writeNumberField("longestBucket", table.longestBucket());
        number("sharedEntries", table.sharedEntries());
    }

    private void finalizers(FinalizerQueue queue) throws IOException {
        json.writeNumberField("pending", queue.pending());
        array("classes", queue.classes(), pending -> {
            json.writeStringField("class", pending.className());
            json.writeNumberField("count", pending.count());
        });
    }

    private void number(String name, @Nullable Number value) throws IOException {
        json.writeFieldName(name);
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Long whole) {
            json.writeNumber(whole);
        } else {
            json.writeNumber(value.doubleValue());
        }
    }
}
