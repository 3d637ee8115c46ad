package dev.netstack4j.cli;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.spi.OptionTypes;
import dev.netstack4j.api.stack.AssemblyException;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.cli.args.AddressConverter;
import dev.netstack4j.cli.args.KindWithOptions;
import dev.netstack4j.cli.args.Nic;
import dev.netstack4j.cli.args.RateConverter;
import dev.netstack4j.cli.args.SizeConverter;
import dev.netstack4j.cli.control.message.JsonText;
import dev.netstack4j.cli.iperf.IperfClient;
import dev.netstack4j.cli.iperf.IperfServer;
import dev.netstack4j.cli.iperf.Outcome;
import dev.netstack4j.cli.iperf.TestPlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Measures throughput with iperf3, or another stack, at the other end.
@Command(
        name = "iperf",
        description = "Measures TCP or UDP from this host's side of a TAP to a stack, or back, speaking iperf3's"
                + " protocol: the other end is iperf3, or this command.",
        mixinStandardHelpOptions = true,
        versionProvider = NetstackCommand.Version.class)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class IperfCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private HostOptions options;

    @ArgGroup(multiplicity = "1")
    private Role role;

    /// Which side.
    static final class Role {
        @Option(
                names = {"-s", "--server"},
                required = true,
                description = "Serve tests, one after the other.")
        private boolean server;

        @Option(
                names = {"-c", "--client"},
                required = true,
                paramLabel = "A",
                converter = AddressConverter.class,
                description = "Ask the server at this address for a test.")
        private @Nullable IpAddress client;
    }

    @Option(
            names = {"-p", "--port"},
            defaultValue = "5201",
            description = "Port of the server (default ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = {"-1", "--one-off"},
            description = "Server: end after one test.")
    private boolean once;

    @Option(
            names = {"-t", "--time"},
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How long (default ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = {"-u", "--udp"},
            description = "Datagrams instead of connections.")
    private boolean udp;

    @Option(
            names = {"-R", "--reverse"},
            description = "The server sends.")
    private boolean reverse;

    @Option(
            names = {"-P", "--parallel"},
            paramLabel = "N",
            defaultValue = "1",
            description = "Streams at once (default ${DEFAULT-VALUE}).")
    private int streams;

    @Option(
            names = {"-b", "--bitrate"},
            paramLabel = "RATE",
            converter = RateConverter.class,
            description = "Of each stream, such as 100mbit; no limit for TCP, about 1mbit for UDP without it.")
    private @Nullable String rate;

    @Option(
            names = {"-l", "--length"},
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = "Of a block (default 128k) or a datagram (default 1448).")
    private @Nullable Long length;

    @Option(
            names = {"-J", "--json"},
            description = "Print the result as JSON, named as in the end of iperf3's.")
    private boolean json;

    @Override
    public Integer call() throws IOException, AssemblyException {
        if (options.tap == null || options.address == null) {
            throw new ParameterException(
                    spec.commandLine(), "Missing required options: --tap=NAME and --address=A/LEN");
        }
        TestPlan plan = plan();
        Nic card = options.card();
        try (Stack stack = card.announce(Assembly.discover(StackFactory.find()))
                .name("iperf")
                .memory(options.memory)
                .build()) {
            options.host(new KindWithOptions("tap", Map.of("name", options.tap)), options.address, card, Map.of())
                    .attach(stack);
            return role.server || role.client == null ? serve(stack) : ask(stack, role.client, plan);
        }
    }

    private int serve(Stack stack) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        try (IperfServer server = new IperfServer(stack, port)) {
            err.println("ready on " + options.tap + " as " + options.address + ", port " + port);
            while (true) {
                try {
                    print(server.serve());
                    if (once) {
                        return 0;
                    }
                } catch (IOException e) {
                    if (once) {
                        throw e;
                    }
                    err.println("a test failed: " + e.getMessage());
                }
            }
        }
    }

    private int ask(Stack stack, IpAddress server, TestPlan plan) throws IOException {
        print(new IperfClient(stack, InetSockAddress.of(server, port), plan).run());
        return 0;
    }

    private TestPlan plan() {
        long bits = rate != null ? OptionTypes.BITS_PER_SECOND.parse(rate) : udp ? TestPlan.DATAGRAM_RATE : 0;
        long bytes = length != null ? length : udp ? TestPlan.DATAGRAM : TestPlan.BLOCK;
        int block = (int) Math.min(bytes, Integer.MAX_VALUE);
        try {
            return new TestPlan(udp, seconds, streams, reverse, block, bits, false).checked();
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private void print(Outcome outcome) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? new String(JsonText.write(outcome.toMessage()), StandardCharsets.UTF_8) : outcome.text());
        out.flush();
    }
}
