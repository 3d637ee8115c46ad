package dev.netstack4j.cli;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.stack.AssemblyException;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.cli.args.AddressConverter;
import dev.netstack4j.cli.args.KindWithOptions;
import dev.netstack4j.cli.args.Nic;
import dev.netstack4j.cli.args.PrefixConverter;
import dev.netstack4j.cli.args.SizeConverter;
import dev.netstack4j.cli.http.HttpConversation;
import dev.netstack4j.cli.serve.ServerHost;
import dev.netstack4j.cli.serve.StandardServices;
import dev.netstack4j.cli.services.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Attaches a stack to the host and serves until it is told to end.
@Command(
        name = "serve",
        description =
                "Attaches a stack to this host by a TAP device and runs echo, discard, daytime, chargen and static"
                        + " files over HTTP. Ends in order on SIGTERM and SIGINT.",
        mixinStandardHelpOptions = true,
        versionProvider = NetstackCommand.Version.class)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ServeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--tap", required = true, paramLabel = "NAME", description = "TAP device; made when absent.")
    private String tap;

    @Option(
            names = "--address",
            required = true,
            paramLabel = "A/LEN",
            converter = PrefixConverter.class,
            description = "Address of the stack, such as 10.77.0.2/24.")
    private IpPrefix address;

    @Option(
            names = "--host-address",
            paramLabel = "A/LEN",
            converter = PrefixConverter.class,
            description = "Address that the host's side gets; left alone otherwise.")
    private @Nullable IpPrefix hostAddress;

    @Option(
            names = "--gateway",
            paramLabel = "A",
            converter = AddressConverter.class,
            description = "Next hop of the default route.")
    private @Nullable IpAddress gateway;

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
            names = "--qdisc",
            paramLabel = "NAME[,OPTION=VALUE...]",
            defaultValue = "pfifo_fast",
            converter = KindWithOptions.Converter.class,
            description = "Queueing discipline (default ${DEFAULT-VALUE}).")
    private KindWithOptions qdisc;

    @Option(names = "--http", paramLabel = "DIR", description = "Serve the files of a directory on port 80.")
    private @Nullable Path http;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            defaultValue = "256m",
            converter = SizeConverter.class,
            description = "Memory of the stack, 4m to 2g (default ${DEFAULT-VALUE}).")
    private long memory;

    @Override
    public Integer call() throws IOException, AssemblyException, InterruptedException {
        checkDirectory();
        Nic card = new Nic(bus, nic);
        Stack stack = card.announce(Assembly.discover(StackFactory.find()))
                .name("serve")
                .memory(memory)
                .build();
        StandardServices services = new StandardServices(stack, Threads.virtual());
        try {
            start(stack, card, services);
        } catch (IllegalArgumentException e) {
            stack.close();
            throw new UserProblem(String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            stack.close();
            throw e;
        }
        endWithTheProcess(stack, services);
        spec.commandLine().getOut().println(ready());
        new CountDownLatch(1).await(); // for ever: the hook ends the process
        return 0;
    }

    private void checkDirectory() throws UserProblem {
        if (http != null && !Files.isDirectory(http)) {
            throw new UserProblem("'" + http + "' is no directory.");
        }
    }

    private void start(Stack stack, Nic card, StandardServices services) throws IOException {
        new ServerHost(tap, address, gateway, hostAddress, card, qdisc).attach(stack);
        services.startSmallOnes();
        if (http != null) {
            services.startStream(
                    "http",
                    HttpConversation.PORT,
                    new HttpConversation(http, stack.runtime().clock()));
        }
    }

    private String ready() {
        String small =
                "ready on " + tap + " as " + address + ": echo 7, discard 9, daytime 13, chargen 19 (TCP and UDP)";
        return http == null
                ? small
                : small + ", http 80 (files of " + http.toAbsolutePath().normalize() + ")";
    }

    /// A signal runs the hook; halting there makes the exit status 0 instead of the signal's.
    private static void endWithTheProcess(Stack stack, StandardServices services) {
        Thread hook = new Thread(
                () -> {
                    int status = Problems.NOT_VERIFIED;
                    try {
                        services.close();
                        stack.close();
                        status = 0;
                    } finally {
                        Runtime.getRuntime().halt(status);
                    }
                },
                "end of serving");
        Runtime.getRuntime().addShutdownHook(hook);
    }
}
