package dev.netstack4j.cli;

import dev.netstack4j.cli.trace.TraceDiff;
import dev.netstack4j.cli.trace.TraceDiff.Parting;
import dev.netstack4j.cli.trace.TraceFile;
import dev.netstack4j.cli.trace.TraceLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Compares two register traces.
@Command(
        name = "trace-diff",
        description = "Compares what a driver did on two buses, and explains where they part. Exit status 0 if every"
                + " difference is one that is intended, 1 otherwise.",
        mixinStandardHelpOptions = true,
        versionProvider = NetstackCommand.Version.class)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TraceDiffCommand implements Callable<Integer> {
    private static final int SHOWN = 20;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "A", description = "A trace.")
    private Path first;

    @Parameters(index = "1", paramLabel = "B", description = "Another one of the same chip.")
    private Path second;

    @Option(names = "--all", description = "Show every unexplained difference, not the first " + SHOWN + " alone.")
    private boolean all;

    @Override
    public Integer call() throws IOException {
        TraceFile a = TraceFile.read(first);
        TraceFile b = TraceFile.read(second);
        TraceDiff diff = TraceDiff.of(a, b);
        print(a, b, diff, spec.commandLine().getOut());
        return diff.unexplained().isEmpty() ? 0 : Problems.NOT_VERIFIED;
    }

    private void print(TraceFile a, TraceFile b, TraceDiff diff, PrintWriter out) {
        out.println(a.chip() + ": A on " + a.bus() + ", B on " + b.bus() + "; " + diff.common() + " events in common");
        if (!diff.explained().isEmpty()) {
            out.println("intended differences:");
            diff.explained().forEach((reason, n) -> out.printf("  %4d  %s%n", n, reason));
        }
        List<Parting> partings = diff.unexplained();
        out.println(partings.isEmpty() ? "no other differences" : partings.size() + " places differ unexpectedly:");
        for (Parting p : all ? partings : partings.subList(0, Math.min(SHOWN, partings.size()))) {
            String place = p.after() == null
                    ? "at the beginning"
                    : "after A:" + p.after().number() + " " + p.after();
            out.println("  " + p.lane() + ", " + place);
            p.a().forEach(l -> out.println("    A:" + line(l)));
            p.b().forEach(l -> out.println("    B:" + line(l)));
        }
        if (!all && partings.size() > SHOWN) {
            out.println("  and " + (partings.size() - SHOWN) + " more; --all shows them");
        }
        out.flush();
    }

    private static String line(TraceLine l) {
        return l.number() + " " + l;
    }
}
