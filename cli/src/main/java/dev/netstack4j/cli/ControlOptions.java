package dev.netstack4j.cli;

import dev.netstack4j.cli.args.KindWithOptions;
import dev.netstack4j.cli.args.WireConverter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options of `serve` for a control socket.
final class ControlOptions {
    /// Clocks.
    enum Clock {
        /// The machine's.
        real,
        /// Moved by clients.
        virtual
    }

    @Option(
            names = "--control",
            paramLabel = "unix:PATH|tcp:HOST:PORT",
            description = "Offer sockets, links and clock of the stack on a control socket"
                    + " (docs/control-socket.md) instead of the small services.")
    @Nullable
    String control;

    @Option(
            names = "--clock",
            paramLabel = "real|virtual",
            description = "Clock of the stack behind a control socket; a virtual one is moved by clients.")
    Clock clock = Clock.real;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "What random numbers begin with, in virtual time (default ${DEFAULT-VALUE}).")
    long seed = 1;

    @Option(
            names = "--wire",
            paramLabel = "KIND:NAME[,OPTION=VALUE...]",
            converter = WireConverter.class,
            description =
                    "Where frames go: tap:NAME, tun:NAME, stream:unix:PATH[,listen=true], or with a control socket"
                            + " control:NAME[,mode=ip][,mtu=N]. May be repeated for control links.")
    List<KindWithOptions> wires = new ArrayList<>();

    @Option(
            names = "--i-know",
            description = "Let a control socket listen on a TCP address that other machines can reach.")
    boolean openToOthers;

    /// Wires of the world outside: a TAP, a stream.
    List<KindWithOptions> outside() {
        return wires.stream().filter(w -> !w.kind().equals("control")).toList();
    }

    /// Links that are moved through the control socket.
    List<KindWithOptions> controlled() {
        return wires.stream().filter(w -> w.kind().equals("control")).toList();
    }
}
