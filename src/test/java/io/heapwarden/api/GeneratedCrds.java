package io.heapwarden.api;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The CRDs as the Java types say them. */
final class GeneratedCrds {

    private static final List<Class<? extends CustomResource<?, ?>>> KINDS =
            List.of(MemoryPolicy.class, MemoryReport.class);

    private GeneratedCrds() {}

    /** Text of each CRD by file name. */
    static Map<String, String> texts() throws IOException {
        Buffers buffers = new Buffers();
        new CRDGenerator()
                .customResourceClasses(List.<Class<? extends HasMetadata>>copyOf(KINDS))
                .forCRDVersions("v1")
                .withPostProcessor(new CRDPostProcessor() {
                    @Override
                    public HasMetadata process(HasMetadata crd, String version) {
                        return withColumnsAsDeclared(crd);
                    }
                })
                .withOutput(buffers)
                .generate();
        Map<String, String> texts = new TreeMap<>();
        buffers.written.forEach((name, text) -> texts.put(name + ".yml", text.toString(StandardCharsets.UTF_8)));
        return texts;
    }

    /** The CRDs, MemoryPolicy first. */
    static List<CustomResourceDefinition> all() throws IOException {
        return texts().values().stream()
                .map(text -> Serialization.unmarshal(text, CustomResourceDefinition.class))
                .toList();
    }

    /** The generator sorts columns by their path; people read them in the order in which they are declared. */
    private static HasMetadata withColumnsAsDeclared(HasMetadata resource) {
        CustomResourceDefinition crd = (CustomResourceDefinition) resource;
        Class<?> kind = KINDS.stream()
                .filter(type ->
                        type.getSimpleName().equals(crd.getSpec().getNames().getKind()))
                .findFirst()
                .orElseThrow();
        List<String> declared = Arrays.stream(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(AdditionalPrinterColumn::name)
                .toList();
        crd.getSpec()
                .getVersions()
                .forEach(version -> version.setAdditionalPrinterColumns(version.getAdditionalPrinterColumns().stream()
                        .sorted(Comparator.comparing(
                                (CustomResourceColumnDefinition column) -> declared.indexOf(column.getName())))
                        .toList()));
        return crd;
    }

    private static final class Buffers implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {

        private final Map<String, ByteArrayOutputStream> written = new TreeMap<>();

        @Override
        public ByteArrayOutputStream outputFor(String name) {
            return written.computeIfAbsent(name, any -> new ByteArrayOutputStream());
        }

        @Override
        public URI crdURI(String name) {
            return URI.create("file:///" + name);
        }

        @Override
        public void close() {
            // Nothing is held open.
        }
    }
}
