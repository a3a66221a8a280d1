package io.heapwarden.cli;

import org.eclipse.microprofile.config.ConfigProvider;
import picocli.CommandLine.IVersionProvider;

/** The version this program was built as. */
final class ApplicationVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"heapwarden " + current()};
    }

    static String current() {
        return ConfigProvider.getConfig().getValue("quarkus.application.version", String.class);
    }
}
