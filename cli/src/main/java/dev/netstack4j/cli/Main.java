package dev.netstack4j.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/// The entry of the `netstack` command.
public final class Main {
    private Main() {}

    /// Runs a sub-command and ends the process with its status.
    ///
    /// @param args as typed
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(out, err, args));
    }

    /// The same without ending the process.
    ///
    /// @return the exit status
    static int run(PrintWriter out, PrintWriter err, String... args) {
        CommandLine line = new CommandLine(new NetstackCommand()).setOut(out).setErr(err);
        return Problems.sayThemPlainly(line).execute(args);
    }
}
