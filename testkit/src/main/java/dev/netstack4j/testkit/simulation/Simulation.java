package dev.netstack4j.testkit.simulation;

import dev.netstack4j.api.runtime.VirtualRuntime;
import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.api.stack.StackFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// A network in virtual time. Hosts are real stacks; links and switches delay, lose and spoil frames as they are told
/// to; applications are ordinary blocking code. Everything runs on one thread at a time, in an order that follows from
/// the seed alone: one seed gives one run, equal to the byte and to the nanosecond ([#traceHash]), on every machine.
/// Waiting costs nothing: time jumps to the next thing that happens.
/// ```java
/// try (Simulation net = Simulation.withSeed(7)) {
///     SimHost client = net.host("client");
///     SimHost server = net.host("server");
///     net.link(client, server).shape("rate=10mbit delay=20ms loss=5% reorder=1%");
///     server.run("echo", () -> {
///         try (StreamServer listener = StreamServer.listen(server.sockets(), server.at(7), 1);
///                 StreamSocket s = listener.accept()) {
///             s.input().transferTo(s.output());
///         }
///     });
///     client.run("ask", () -> {
///         try (StreamSocket s = StreamSocket.connect(client.sockets(), server.at(7))) {
///             s.output().write("hello".getBytes());
///         }
///     });
///     net.join();
/// }
/// ```
/// The thread that makes a simulation drives it: time passes only while it is in [#join], [#advance], [#until] or in a
/// blocking call of a host's sockets. Applications must not block anywhere but in the stack and in [#sleep].
///
/// A failure of [#join] or [#close] names the seed and shows the last frames. Chance within an application comes from
/// the seed as well: `new SplittableRandom(net.seed())`.
///
/// Not thread-safe beyond that. Real time, the outside world, and `nanoTime` have no place here.
public final class Simulation implements AutoCloseable {
    /// Nanoseconds of a second.
    public static final long SECOND = 1_000_000_000L;
    /// Nanoseconds of a millisecond.
    public static final long MILLISECOND = 1_000_000L;

    private static final long LINK_NANOS = 10 * SECOND;
    private static final long MOST_NANOS = 24 * 3600 * SECOND;

    private final long seed;
    private final VirtualRuntime runtime;
    private final Network network;
    private final FrameTrace trace = new FrameTrace();
    private final List<StackModule> modules = new ArrayList<>();
    private final Map<String, SimHost> hosts = new LinkedHashMap<>();
    private final Map<String, SimSwitch> switches = new LinkedHashMap<>();
    private final Map<String, SimLink> links = new LinkedHashMap<>();
    private final List<SimApp> apps = new ArrayList<>();
    private final int[] group = new int[256];
    private int groups;
    private int subnets;
    private LinkShape defaultShape = LinkShape.PERFECT;
    private boolean closed;

    private Simulation(long seed, ClassLoader loader) {
        this.seed = seed;
        this.runtime = StackFactory.find().virtualTime(seed);
        this.network = new Network(runtime);
        ServiceLoader.load(StackModule.class, loader).forEach(modules::add);
    }

    /// An empty network, at time 0.
    public static Simulation withSeed(long seed) {
        return withSeed(seed, Thread.currentThread().getContextClassLoader());
    }

    /// An empty network whose hosts take the modules that a class loader finds.
    public static Simulation withSeed(long seed, ClassLoader loader) {
        return new Simulation(seed, loader);
    }

    // ---- building

    /// Adds a host with every module that is found.
    public SimHost host(String name) {
        return host(name, plan -> {});
    }

    /// Adds a host.
    ///
    /// @param change changes the plan of the host
    public SimHost host(String name, Consumer<HostPlan> change) {
        checkFree(name);
        if (hosts.size() + 1 == group.length) {
            throw new IllegalStateException("a simulation has at most " + (group.length - 1) + " hosts");
        }
        HostPlan plan = new HostPlan();
        change.accept(plan);
        SimHost host = new SimHost(this, name, hosts.size() + 1, plan);
        hosts.put(name, host);
        return host;
    }

    /// Adds a switch.
    public SimSwitch addSwitch(String name) {
        checkFree(name);
        SimSwitch made = new SimSwitch(this, name);
        switches.put(name, made);
        return made;
    }

    private void checkFree(String name) {
        if (hosts.containsKey(name) || switches.containsKey(name)) {
            throw new IllegalArgumentException("there is a host or switch '" + name + "' already");
        }
    }

    /// The shape of links that are made from now on; perfect at first.
    public void defaultShape(LinkShape shape) {
        defaultShape = shape;
    }

    /// Joins two of hosts and switches by a link. A host gets a new card with the next address of the link's subnet, or
    /// of the switch's. Returns when the cards see the link.
    public SimLink link(SimNode a, SimNode b) {
        SimLink link = new SimLink(this, linkName(a, b), links.size(), a, b);
        links.put(link.name(), link);
        link.shape(defaultShape);
        Subnet subnet = subnet(a, b);
        Port first = port(link, a);
        Port second = port(link, b);
        link.join(first, second);
        plug(link, a, first, subnet);
        plug(link, b, second, subnet);
        until(() -> sees(a, link) && sees(b, link), LINK_NANOS);
        return link;
    }

    private String linkName(SimNode a, SimNode b) {
        String name = a.name() + "-" + b.name();
        int n = 2;
        for (String first = name; links.containsKey(name); n++) {
            name = first + "-" + n;
        }
        return name;
    }

    private Subnet subnet(SimNode a, SimNode b) {
        if (a instanceof SimSwitch first && b instanceof SimSwitch second) {
            second.join(first);
        }
        return a instanceof SimSwitch s ? s.subnet() : b instanceof SimSwitch s ? s.subnet() : newSubnet();
    }

    private Port port(SimLink link, SimNode node) {
        return switch (node) {
            case SimHost h -> new Station(h, link, network);
            case SimSwitch s -> s.addPort(link);
        };
    }

    private static void plug(SimLink link, SimNode node, Port port, Subnet subnet) {
        if (node instanceof SimHost host && port instanceof Station end) {
            host.plug(link, end, subnet);
        }
    }

    private static boolean sees(SimNode node, SimLink link) {
        return !(node instanceof SimHost host) || host.device(link).hasCarrier();
    }

    // ---- running

    /// Runs until all applications have ended, those included that others start meanwhile.
    ///
    /// @throws AssertionError when one of them failed, when all that are left wait for what never comes, or when a
    ///     virtual day has passed; with the seed and the last frames
    public void join() {
        long limit = nowNanos() + MOST_NANOS;
        while (apps.stream().anyMatch(a -> !a.isDone())) {
            if (!runtime.step() || nowNanos() > limit) {
                throw new AssertionError(Report.of(this, whoWaits()));
            }
        }
        checkApps();
    }

    /// Runs until so much virtual time has passed.
    public void advance(long nanos) {
        runtime.advance(nanos);
    }

    /// Runs until a condition holds.
    ///
    /// @param mostNanos longest virtual time to run
    /// @throws AssertionError when it does not hold by then
    public void until(BooleanSupplier condition, long mostNanos) {
        long limit = nowNanos() + mostNanos;
        while (!condition.getAsBoolean()) {
            if (nowNanos() > limit || !runtime.step()) {
                throw new AssertionError(Report.of(this, "what was waited for did not happen"));
            }
        }
    }

    /// Lets virtual time pass for the calling application.
    public void sleep(long nanos) {
        runtime.pause(nanos);
    }

    /// Does something at an instant, such as `net.at(5 * SECOND, link::cut)`. It must not wait.
    ///
    /// @param nanos on this simulation's clock
    public void at(long nanos, Runnable action) {
        network.at(nanos, action);
    }

    /// Parts hosts from all others: what the others send does not reach them, and the reverse. Hosts that an earlier
    /// call has parted stay apart from both.
    public void partition(SimHost... apart) {
        groups++;
        for (SimHost h : apart) {
            group[h.number()] = groups;
        }
    }

    /// Undoes every [#partition].
    public void heal() {
        java.util.Arrays.fill(group, 0);
        groups = 0;
    }

    // ---- looking

    /// The seed.
    public long seed() {
        return seed;
    }

    /// Virtual time since the beginning.
    public long nowNanos() {
        return runtime.clock().nanos();
    }

    /// Time and threads of all hosts.
    public VirtualRuntime runtime() {
        return runtime;
    }

    /// The hosts, in the order of making.
    public List<SimHost> hosts() {
        return List.copyOf(hosts.values());
    }

    /// The links, in the order of making.
    public List<SimLink> links() {
        return List.copyOf(links.values());
    }

    /// The SHA-256 of all that happened to frames so far: when, on which link, in which direction, what, and every
    /// byte.
    public String traceHash() {
        return trace.hash();
    }

    /// How many frames were sent into links.
    public long frames() {
        return trace.frames();
    }

    /// Shows all that happens to frames from now on. Called by the thread that runs; must not call a stack.
    public void observe(Consumer<FrameEvent> observer) {
        trace.observe(observer);
    }

    /// Fails unless every host's packets are accounted for: what was made equals what has ended and what there is.
    public void checkBooks() {
        for (SimHost h : hosts.values()) {
            if (!h.stack().packets().isBalanced()) {
                throw new AssertionError(Report.of(
                        this,
                        "the packets of host " + h.name() + " do not add up: the ledger expects "
                                + h.stack().packets().ledger().expectedLive() + ", there are "
                                + h.stack().packets().live()));
            }
        }
    }

    // ---- ending

    /// Closes all hosts, ends the applications that are left, and checks that no packet is left and that all are
    /// accounted for. A second call does nothing.
    ///
    /// @throws AssertionError when an application has failed that nobody joined, or packets are left; with the seed
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        hosts.values().forEach(h -> h.stack().close());
        for (SimApp app : apps) {
            while (!app.isDone()) {
                app.interruptOnce();
                if (!runtime.step()) {
                    break;
                }
            }
        }
        runtime.close();
        checkBooks();
        for (SimHost h : hosts.values()) {
            if (h.stack().packets().live() != 0) {
                throw new AssertionError(Report.of(
                        this,
                        "host " + h.name() + " leaks: " + h.stack().packets().liveSkBuffs()));
            }
        }
    }

    private void checkApps() {
        for (SimApp app : apps) {
            Throwable f = app.failure();
            if (f != null) {
                throw new AssertionError(Report.of(this, "application " + app.name() + " failed: " + f), f);
            }
        }
    }

    private String whoWaits() {
        for (SimApp app : apps) {
            if (!app.isDone()) {
                try {
                    app.join();
                } catch (IllegalStateException e) {
                    return String.valueOf(e.getMessage());
                }
            }
        }
        return "nothing is left to happen";
    }

    // ---- for the rest of this package

    SimApp run(String name, SimApp.Body body) {
        SimApp app = new SimApp(name, body);
        apps.add(app);
        app.start(this);
        return app;
    }

    Network network() {
        return network;
    }

    FrameTrace trace() {
        return trace;
    }

    List<StackModule> modules() {
        return modules;
    }

    Subnet newSubnet() {
        return new Subnet(subnets++);
    }

    boolean areApart(int host, int other) {
        return group[host] != group[other];
    }

    /// Names that are taken, for messages.
    TreeSet<String> names() {
        TreeSet<String> all = new TreeSet<>(hosts.keySet());
        all.addAll(switches.keySet());
        return all;
    }
}
