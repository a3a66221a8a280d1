package io.heapwarden.cli;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;

/**
 * Starts the program. Only the operator runs in Quarkus: the other commands are there and gone again, open no port and write nothing but their
 * own output.
 */
@QuarkusMain
public class Main implements QuarkusApplication {

    private final CommandLine.IFactory beans;

    Main(CommandLine.IFactory beans) {
        this.beans = beans;
    }

    public static void main(String... args) {
        if (args.length > 0 && args[0].equals(OperatorCommand.NAME)) {
            Quarkus.run(Main.class, args);
        } else {
            System.exit(new CommandLine(HeapwardenCommand.class).execute(args));
        }
    }

    @Override
    public int run(String... args) {
        return new CommandLine(HeapwardenCommand.class, beans).execute(args);
    }
}
