package io.heapwarden.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version this program was built as. */
final class ApplicationVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"heapwarden " + current()};
    }

    static String current() {
        Properties properties = new Properties();
        try (InputStream in = ApplicationVersion.class.getResourceAsStream("version.properties")) {
            if (in == null) {
                throw new IllegalStateException("the program is incomplete: no resource version.properties");
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }
}
