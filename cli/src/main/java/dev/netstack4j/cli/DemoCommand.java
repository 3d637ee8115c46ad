package dev.netstack4j.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.stack.AssemblyException;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.cli.args.KindWithOptions;
import dev.netstack4j.cli.args.Nic;
import dev.netstack4j.cli.args.RateConverter;
import dev.netstack4j.cli.args.ShareConverter;
import dev.netstack4j.cli.args.SizeConverter;
import dev.netstack4j.cli.args.TimeConverter;
import dev.netstack4j.cli.demo.Demo;
import dev.netstack4j.cli.demo.JsonReport;
import dev.netstack4j.cli.demo.Progress;
import dev.netstack4j.cli.demo.Report;
import dev.netstack4j.cli.demo.TextReport;
import dev.netstack4j.cli.demo.TwoHosts;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Two hosts in this process, joined by a cable; needs no rights and no set-up.
@Command(
        name = "demo",
        description = "Assembles two hosts in this process, joins them by a cable, pings, exchanges datagrams and moves"
                + " data over TCP each way, comparing SHA-256. Exit status 0 only if everything was verified.",
        mixinStandardHelpOptions = true,
        versionProvider = NetstackCommand.Version.class)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DemoCommand implements Callable<Integer> {
    private static final long WARM_UP = 64L << 20;
    private static final long PATIENCE_NANOS = 1_000_000_000L;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            defaultValue = "256m",
            converter = SizeConverter.class,
            description = "Bytes over TCP each way (default ${DEFAULT-VALUE}).")
    private long size;

    @Option(
            names = "--loss",
            paramLabel = "P",
            converter = ShareConverter.class,
            description = "Share of the frames that the cable loses: 0.01 or 1%%.")
    private @Nullable Double loss;

    @Option(
            names = "--delay",
            paramLabel = "MS",
            defaultValue = "0",
            converter = TimeConverter.class,
            description = "Time that a frame travels, in milliseconds, or with a unit: 20, 5us.")
    private long delayNanos;

    @Option(
            names = "--rate",
            paramLabel = "R",
            converter = RateConverter.class,
            description = "Bits a second of the cable: 10mbit, 1gbit (default: no limit).")
    private @Nullable String rate;

    @Option(
            names = "--bus",
            paramLabel = "NAME[,OPTION=VALUE...]",
            defaultValue = Nic.EMULATED,
            converter = KindWithOptions.Converter.class,
            description = "Bus that the network cards sit on: emulated, qemu (default ${DEFAULT-VALUE}).")
    private KindWithOptions bus;

    @Option(names = "--pcap", paramLabel = "FILE", description = "Write the frames of host A to a pcapng file.")
    private @Nullable Path pcap;

    @Option(
            names = "--trace-registers",
            paramLabel = "FILE",
            description = "Write a register trace of each card: FILE.a and FILE.b (docs/faults-and-traces.md).")
    private @Nullable Path registers;

    @Option(
            names = "--fault",
            paramLabel = "HOST:NAME[:N][@TIME]",
            description = "Break the card of host a or b: b:hang-tx@5s, a:lose-irq:3. May be repeated"
                    + " (docs/faults-and-traces.md).")
    private List<String> faults = new ArrayList<>();

    @Option(
            names = "--jfr",
            paramLabel = "FILE",
            description = "Write a flight recording with the events of TCP; see it with jfr print FILE.")
    private @Nullable Path flight;

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    @Override
    public Integer call() throws IOException, AssemblyException {
        checkCapture();
        StackRuntime runtime = StackFactory.find().realTime();
        TwoHosts hosts = TwoHosts.assemble(
                runtime, Assembly::discover, bus, cable(), host -> CardExtras.ofHost(host, registers, faults));
        Progress progress = new Progress(System.err, !json && isTerminal());
        Report report = run(new Demo(hosts, size, warmUp(), PATIENCE_NANOS + 4 * delayNanos, progress));
        print(report);
        return report.verified() ? 0 : Problems.NOT_VERIFIED;
    }

    private Report run(Demo demo) throws IOException {
        try (FlightRecording _ = FlightRecording.to(flight)) {
            return demo.run(pcap);
        }
    }

    private void checkCapture() throws UserProblem {
        Path folder = pcap == null ? null : pcap.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new UserProblem("there is no folder '" + folder + "' for the capture.");
        }
    }

    /// Where the stack's own speed is measured, the virtual machine first compiles it; that is shown, but not counted.
    private long warmUp() {
        return size >= 2 * WARM_UP && cable().isEmpty() && pcap == null ? WARM_UP : 0;
    }

    private Map<String, String> cable() {
        Map<String, String> options = new TreeMap<>();
        if (loss != null) {
            options.put("loss", BigDecimal.valueOf(loss).toPlainString());
        }
        if (delayNanos > 0) {
            options.put("delay", delayNanos + "ns");
        }
        if (rate != null) {
            options.put("rate", rate);
        }
        return options;
    }

    @SuppressWarnings("SystemConsoleNull") // null where the module with the JDK's line editor is not resolved
    private static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    private void print(Report report) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (!json) {
            new TextReport(out).print(report);
            out.flush();
            return;
        }
        try (JsonGenerator generator = Json.to(out)) {
            generator.writeStartObject();
            new JsonReport(generator).write(report);
            Json.modules(generator, report.modules());
            generator.writeEndObject();
        }
        out.println();
    }
}
