package io.heapwarden.cli;

import io.heapwarden.evidence.BundleReader;
import io.heapwarden.evidence.Manifest.Entry;
import io.heapwarden.evidence.Manifest.Missing;
import io.heapwarden.evidence.Printable;
import io.heapwarden.evidence.ReadBundle;
import io.heapwarden.evidence.UnreadableBundleException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a bundle of evidence holds. */
@Command(
        name = "evidence",
        description =
                "Shows the evidence that was taken of a leaking JVM: verdict, what grew, threads, class loaders, native memory.",
        footer = {
            "",
            "The file comes from a volume or from object storage, whichever the operator writes to. Nothing of it is run or written anywhere.",
            "Exit codes: 0 shown; 1 parts are damaged or the part asked for is not there, and it says why; 2 the file is no bundle that can be read."
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 2,
        exitCodeOnExecutionException = 2)
final class EvidenceCommand implements Callable<Integer> {

    private static final int NOT_ALL = 1;
    private static final int NOT_READ = 2;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    @Option(
            names = "--part",
            paramLabel = "NAME",
            description =
                    "Write this part as it is to standard output, such as threads.txt; the list at the end names all.")
    @Nullable
    String part;

    @Option(names = "--json", description = "One JSON object instead of text.")
    boolean json;

    @Option(names = "--top", paramLabel = "N", defaultValue = "15", description = "Rows of each table; default 15.")
    int top = 15;

    @Parameters(arity = "1", paramLabel = "FILE", description = "Bundle to show, *.evidence.zip.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    Path file;

    /** Not the writer, which would encode what is to be written as it is. */
    OutputStream raw = new FileOutputStream(FileDescriptor.out);

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        ReadBundle bundle;
        try {
            bundle = BundleReader.read(file);
        } catch (UnreadableBundleException e) {
            err.println(file + ": " + e.getMessage());
            return NOT_READ;
        } catch (NoSuchFileException e) {
            err.println(file + ": there is no such file");
            return NOT_READ;
        } catch (AccessDeniedException e) {
            err.println(file + ": may not be read by this user");
            return NOT_READ;
        } catch (IOException e) {
            err.println(
                    file + ": " + (Files.isDirectory(file) ? "is a directory" : "cannot be read: " + e.getMessage()));
            return NOT_READ;
        }
        if (part != null) {
            return write(bundle, part, err);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(EvidenceJson.line(bundle, top));
        } else {
            new EvidenceText(top, System.out.charset()).of(bundle).forEach(out::println);
        }
        out.flush();
        return bundle.damage().isEmpty() ? 0 : NOT_ALL;
    }

    private int write(ReadBundle bundle, String name, PrintWriter err) throws IOException {
        byte[] bytes = bundle.parts().get(name);
        if (bytes == null) {
            err.println(file + ": " + whyNot(bundle, name));
            return NOT_ALL;
        }
        raw.write(bytes);
        raw.flush();
        return 0;
    }

    private static String whyNot(ReadBundle bundle, String name) {
        Optional<Missing> missing = bundle.manifest().missing().stream()
                .filter(each -> each.name().equals(name))
                .findFirst();
        if (missing.isPresent()) {
            return Printable.line(name + " could not be had (" + missing.get().reason() + "): "
                    + missing.get().detail());
        }
        return bundle.damage().stream()
                .filter(said -> said.startsWith(name + " "))
                .findFirst()
                .orElseGet(() -> "there is no part " + Printable.line(name) + "; there are "
                        + bundle.manifest().parts().stream().map(Entry::name).collect(Collectors.joining(", ")));
    }
}
