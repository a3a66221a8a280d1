package io.heapwarden.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.heapwarden.evidence.HistogramDifference;
import io.heapwarden.evidence.HistogramDifference.Row;
import io.heapwarden.evidence.ManifestCodec;
import io.heapwarden.evidence.Part;
import io.heapwarden.evidence.ReadBundle;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A bundle as one JSON object: its manifest as it is, what is damaged, what grew, and the chain. docs/evidence.md describes the fields. */
final class EvidenceJson {

    private static final JsonFactory JSON = new JsonFactory();

    private EvidenceJson() {}

    static String line(ReadBundle bundle, int top) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeFieldName("manifest");
            json.writeRawValue(ManifestCodec.line(bundle.manifest()));
            json.writeArrayFieldStart("damage");
            for (String damage : bundle.damage()) {
                json.writeString(damage);
            }
            json.writeEndArray();
            byte[] difference = bundle.part(Part.HistogramDifference);
            if (difference != null) {
                json.writeArrayFieldStart("classes");
                for (Row row : HistogramDifference.parse(difference).rows().stream()
                        .limit(top)
                        .toList()) {
                    write(json, row);
                }
                json.writeEndArray();
            }
            byte[] chain = bundle.part(Part.Chain);
            json.writeStringField("chain", chain == null ? null : new String(chain, StandardCharsets.UTF_8));
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Row row) throws IOException {
        json.writeStartObject();
        json.writeStringField("class", row.className());
        json.writeNumberField("instances", row.instancesAfter());
        json.writeNumberField("instancesGained", row.instancesGained());
        json.writeNumberField("bytes", row.bytesAfter());
        json.writeNumberField("bytesGained", row.bytesGained());
        json.writeEndObject();
    }
}
