package io.heapwarden.cli;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;

/** Starts the program. Only the operator answers on a port; the other commands leave no socket open. */
@QuarkusMain
public class Main implements QuarkusApplication {

    private final CommandLine.IFactory beans;

    Main(CommandLine.IFactory beans) {
        this.beans = beans;
    }

    public static void main(String... args) {
        if (args.length == 0 || !args[0].equals(OperatorCommand.NAME)) {
            System.setProperty("quarkus.http.host-enabled", "false");
        }
        Quarkus.run(Main.class, args);
    }

    @Override
    public int run(String... args) {
        return new CommandLine(HeapwardenCommand.class, beans).execute(args);
    }
}
