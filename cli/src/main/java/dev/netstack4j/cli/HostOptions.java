package dev.netstack4j.cli;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.cli.args.AddressConverter;
import dev.netstack4j.cli.args.KindWithOptions;
import dev.netstack4j.cli.args.Nic;
import dev.netstack4j.cli.args.PrefixConverter;
import dev.netstack4j.cli.args.SizeConverter;
import dev.netstack4j.cli.serve.ServerHost;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options of a stack that is attached to this host.
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class HostOptions {
    @Option(names = "--tap", paramLabel = "NAME", description = "TAP device; made when absent. As --wire tap:NAME.")
    @Nullable
    String tap;

    @Option(
            names = "--address",
            paramLabel = "A/LEN",
            converter = PrefixConverter.class,
            description = "Address of the stack, such as 10.77.0.2/24.")
    @Nullable
    IpPrefix address;

    @Option(
            names = "--host-address",
            paramLabel = "A/LEN",
            converter = PrefixConverter.class,
            description = "Address that the host's side gets; left alone otherwise.")
    @Nullable
    IpPrefix hostAddress;

    @Option(
            names = "--gateway",
            paramLabel = "A",
            converter = AddressConverter.class,
            description = "Next hop of the default route.")
    @Nullable
    IpAddress gateway;

    @Option(
            names = "--bus",
            paramLabel = "NAME[,OPTION=VALUE...]",
            defaultValue = Nic.EMULATED,
            converter = KindWithOptions.Converter.class,
            description = "Bus that the network card sits on: emulated, qemu (default ${DEFAULT-VALUE}).")
    KindWithOptions bus;

    @Option(
            names = "--nic",
            paramLabel = "NAME",
            defaultValue = "e1000",
            description = "Driver, or device model, of the network card; tap: none, the device is the TAP itself"
                    + " (default ${DEFAULT-VALUE}).")
    String nic;

    @Option(
            names = "--qdisc",
            paramLabel = "NAME[,OPTION=VALUE...]",
            defaultValue = "pfifo_fast",
            converter = KindWithOptions.Converter.class,
            description = "Queueing discipline (default ${DEFAULT-VALUE}).")
    KindWithOptions qdisc;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            defaultValue = "256m",
            converter = SizeConverter.class,
            description = "Memory of the stack, 4m to 2g (default ${DEFAULT-VALUE}).")
    long memory;

    /// The network card.
    Nic card() {
        return new Nic(bus, nic);
    }

    /// The stack at the end of a wire.
    ServerHost host(KindWithOptions wire, IpPrefix own, Nic card, Map<String, String> extras) {
        return new ServerHost(wire, own, gateway, hostAddress, card, extras, qdisc);
    }
}
