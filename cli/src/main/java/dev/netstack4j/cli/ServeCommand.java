package dev.netstack4j.cli;

import dev.netstack4j.api.stack.AssemblyException;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.cli.args.KindWithOptions;
import dev.netstack4j.cli.args.Nic;
import dev.netstack4j.cli.control.ControlServer;
import dev.netstack4j.cli.http.HttpConversation;
import dev.netstack4j.cli.serve.ServerHost;
import dev.netstack4j.cli.serve.StandardServices;
import dev.netstack4j.cli.services.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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

    @Mixin
    private ControlOptions control;

    @Mixin
    private HostOptions options;

    @Option(
            names = "--trace-registers",
            paramLabel = "FILE",
            description = "Write a register trace of the card (docs/faults-and-traces.md).")
    private @Nullable Path registers;

    @Option(
            names = "--fault",
            paramLabel = "NAME[:N][@TIME]",
            description = "Break the card: hang-tx@5s, lose-irq:3. May be repeated (docs/faults-and-traces.md).")
    private List<String> faults = new ArrayList<>();

    @Option(
            names = "--jfr",
            paramLabel = "FILE",
            description = "Write a flight recording with the events of TCP when it ends; see it with jfr print FILE.")
    private @Nullable Path flight;

    @Option(names = "--http", paramLabel = "DIR", description = "Serve the files of a directory on port 80.")
    private @Nullable Path http;

    @Override
    public Integer call() throws IOException, AssemblyException, InterruptedException {
        checkDirectory();
        Nic card = options.card();
        ServerHost host = serverHost(card);
        if (control.control != null) {
            return serveControl(control.control, host);
        }
        Stack stack = card.announce(Assembly.discover(StackFactory.find()))
                .name("serve")
                .memory(options.memory)
                .build();
        StandardServices services = new StandardServices(stack, Threads.virtual());
        try {
            start(stack, services, needed(host));
        } catch (IllegalArgumentException e) {
            stack.close();
            throw new UserProblem(String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            stack.close();
            throw e;
        }
        FlightRecording recording = FlightRecording.to(flight);
        endWithTheProcess(() -> {
            services.close();
            stack.close();
            recording.close();
        });
        return serve(ready());
    }

    private int serve(String ready) throws InterruptedException {
        spec.commandLine().getOut().println(ready);
        new CountDownLatch(1).await(); // for ever: the hook ends the process
        return 0;
    }

    private int serveControl(String where, @Nullable ServerHost host)
            throws IOException, AssemblyException, InterruptedException {
        if (host != null && control.clock == ControlOptions.Clock.virtual) {
            throw new UserProblem(
                    "--" + (options.tap == null ? "wire " + host.wire().kind() : "tap")
                            + " moves real frames; leave it out where --clock is virtual.");
        }
        ControlServer server = new ControlServing(
                        control,
                        options.memory,
                        b -> host == null ? b : host.nic().announce(b),
                        stack -> {
                            if (host != null) {
                                host.attach(stack);
                            }
                        })
                .start(where);
        FlightRecording recording = FlightRecording.to(flight);
        endWithTheProcess(() -> {
            server.close();
            recording.close();
        });
        return serve("ready on " + where + " with a " + control.clock + " clock"
                + (host == null ? "" : ", on " + host.wire().kind() + " as " + options.address));
    }

    /// What the wire's options say; null where there is none.
    private @Nullable ServerHost serverHost(Nic card) throws UserProblem {
        List<KindWithOptions> outside = new ArrayList<>(control.outside());
        if (options.tap != null) {
            outside.add(new KindWithOptions("tap", Map.of("name", options.tap)));
        }
        if (outside.size() > 1) {
            throw new ParameterException(spec.commandLine(), "Give one wire to the outside, not " + outside.size());
        }
        if (!control.controlled().isEmpty() && control.control == null) {
            throw new ParameterException(spec.commandLine(), "A control link needs a control socket: --control");
        }
        if (outside.isEmpty() && control.control != null) {
            return null;
        }
        if (outside.isEmpty() || options.address == null) {
            String missing = outside.isEmpty() ? "--tap=NAME" : "--address=A/LEN";
            throw new ParameterException(spec.commandLine(), "Missing required option: '" + missing + "'");
        }
        return options.host(outside.getFirst(), options.address, card, CardExtras.of(registers, faults));
    }

    private static ServerHost needed(@Nullable ServerHost host) {
        if (host == null) {
            throw new IllegalStateException("a wire is needed");
        }
        return host;
    }

    private void checkDirectory() throws UserProblem {
        if (http != null && !Files.isDirectory(http)) {
            throw new UserProblem("'" + http + "' is no directory.");
        }
    }

    private void start(Stack stack, StandardServices services, ServerHost host) throws IOException {
        host.attach(stack);
        services.startSmallOnes();
        if (http != null) {
            services.startStream(
                    "http",
                    HttpConversation.PORT,
                    new HttpConversation(http, stack.runtime().clock()));
        }
    }

    private String ready() {
        String small = "ready on " + where() + " as " + options.address
                + ": echo 7, discard 9, daytime 13, chargen 19 (TCP and UDP)";
        return http == null
                ? small
                : small + ", http 80 (files of " + http.toAbsolutePath().normalize() + ")";
    }

    private String where() {
        return options.tap != null
                ? options.tap
                : control.outside().getFirst().options().values().iterator().next();
    }

    /// A signal runs the hook; halting there makes the exit status 0 instead of the signal's.
    private static void endWithTheProcess(AutoCloseable served) {
        Thread hook = new Thread(
                () -> {
                    int status = Problems.NOT_VERIFIED;
                    try {
                        served.close();
                        status = 0;
                    } catch (Exception e) {
                        System.getLogger("dev.netstack4j.cli").log(System.Logger.Level.ERROR, "cannot end in order", e);
                    } finally {
                        Runtime.getRuntime().halt(status);
                    }
                },
                "end of serving");
        Runtime.getRuntime().addShutdownHook(hook);
    }
}
