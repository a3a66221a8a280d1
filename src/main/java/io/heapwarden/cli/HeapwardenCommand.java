package io.heapwarden.cli;

import io.quarkus.picocli.runtime.annotations.TopCommand;
import io.quarkus.runtime.Quarkus;
import picocli.CommandLine.Command;

@TopCommand
@Command(name = "heapwarden", mixinStandardHelpOptions = true)
public class HeapwardenCommand implements Runnable {
    @Override
    public void run() {
        Quarkus.waitForExit();
    }
}
