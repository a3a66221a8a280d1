package io.heapwarden.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.heapwarden.growth.Assessment;
import io.heapwarden.growth.Culprit;
import io.heapwarden.growth.Exhaustion;
import io.heapwarden.growth.State;
import io.heapwarden.growth.Verdict;
import io.heapwarden.trace.Replay;
import io.heapwarden.trace.Replay.Change;
import io.heapwarden.trace.Runway;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A replay as one JSON object. Its fields stay what they are; docs/traces.md describes them. What is not known is null. */
final class ReplayJson {

    /** Digits of a rate or share that mean anything. */
    private static final MathContext DIGITS = new MathContext(5);

    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator json;

    private ReplayJson(JsonGenerator json) {
        this.json = json;
    }

    static String line(String trace, Replay replay) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            new ReplayJson(json).write(trace, replay);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private void write(String trace, Replay replay) throws IOException {
        Assessment end = replay.end();
        json.writeStartObject();
        json.writeStringField("trace", trace);
        json.writeStringField("state", (end == null ? State.WarmingUp : end.state()).name());
        json.writeStringField("verdict", (end == null ? Verdict.WarmingUp : end.verdict()).name());
        number("confidence", end == null ? 0 : end.confidence());
        json.writeArrayFieldStart("culprits");
        for (Culprit culprit : end == null ? List.<Culprit>of() : end.culprits()) {
            write(culprit);
        }
        json.writeEndArray();
        json.writeStringField("suspectAt", text(replay.suspectAt()));
        json.writeStringField("leakingAt", text(replay.leakingAt()));
        exhaustion(end == null ? null : Runway.rounded(end.exhaustion()));
        json.writeArrayFieldStart("reasons");
        for (String reason : end == null ? List.<String>of() : end.reasons()) {
            json.writeString(reason);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("history");
        for (Change change : replay.history()) {
            write(change);
        }
        json.writeEndArray();
        json.writeNumberField("samples", replay.samples());
        json.writeNumberField("badLines", replay.badLines());
        json.writeEndObject();
    }

    private void write(Culprit culprit) throws IOException {
        json.writeStartObject();
        json.writeStringField("class", culprit.className());
        json.writeStringField("heldBy", culprit.heldBy());
        number("unitsPerHour", culprit.unitsPerHour());
        number("bytesPerHour", culprit.bytesPerHour());
        number("explains", culprit.explains());
        json.writeEndObject();
    }

    private void write(Change change) throws IOException {
        json.writeStartObject();
        json.writeStringField("at", change.at().toString());
        json.writeStringField("state", change.state().name());
        json.writeStringField("verdict", change.verdict().name());
        json.writeStringField("culprit", change.culprit());
        exhaustion(change.exhaustion());
        json.writeEndObject();
    }

    private void exhaustion(@Nullable Exhaustion exhaustion) throws IOException {
        if (exhaustion == null) {
            json.writeNullField("exhaustion");
            return;
        }
        json.writeObjectFieldStart("exhaustion");
        json.writeStringField("earliest", exhaustion.earliest().toString());
        json.writeStringField("latest", text(exhaustion.latest()));
        json.writeEndObject();
    }

    private void number(String name, double value) throws IOException {
        BigDecimal rounded = BigDecimal.valueOf(Double.isFinite(value) ? value : 0)
                .round(DIGITS)
                .stripTrailingZeros();
        json.writeFieldName(name);
        json.writeNumber(rounded.toPlainString());
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
