package dev.netstack4j.cli;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.stack.AssemblyException;
import dev.netstack4j.cli.args.KindWithOptions;
import dev.netstack4j.cli.args.Nic;
import dev.netstack4j.cli.trace.ShortLife;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Records the register trace of a short life of a card.
@Command(
        name = "trace",
        description =
                "Plugs a network card into a host, opens it, pings another host of this process five times, closes"
                        + " it and pulls it out, and records every register access, descriptor and interrupt. Such traces can be"
                        + " compared by trace-diff.",
        mixinStandardHelpOptions = true,
        versionProvider = NetstackCommand.Version.class)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TraceCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "Where the trace goes.")
    private Path file;

    @Option(
            names = "--bus",
            paramLabel = "NAME[,OPTION=VALUE...]",
            defaultValue = Nic.EMULATED,
            converter = KindWithOptions.Converter.class,
            description = "Bus that the network card sits on: emulated, qemu (default ${DEFAULT-VALUE}).")
    private KindWithOptions bus;

    @Option(
            names = "--nic",
            paramLabel = "NAME",
            defaultValue = "e1000",
            description = "Driver, or device model, of the network card (default ${DEFAULT-VALUE}).")
    private String nic;

    @Option(
            names = "--fault",
            paramLabel = "NAME[:N][@TIME]",
            description = "Break the card: lose-irq:3. May be repeated (docs/faults-and-traces.md).")
    private List<String> faults = new ArrayList<>();

    @Override
    public Integer call() throws UserProblem, AssemblyException, NetException {
        Map<String, String> options = CardExtras.of(file, faults);
        int answered = new ShortLife(Assembly::discover).live(new Nic(bus, nic), options);
        spec.commandLine().getOut().println(answered + " pings were answered; the trace is in " + file);
        return answered > 0 ? 0 : Problems.NOT_VERIFIED;
    }
}
