package dev.netstack4j.testkit.simulation;

import dev.netstack4j.api.runtime.VirtualRuntime;
import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.api.stack.StackFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
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
    private final Topology topology = new Topology(this);
    private final Applications applications = new Applications(this);
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
        return topology.host(name, change);
    }

    /// Adds a switch.
    public SimSwitch addSwitch(String name) {
        return topology.addSwitch(name);
    }

    /// Adds an end without a stack, for frames that a test makes itself, and for packet scripts.
    public SimPeer peer(String name) {
        return topology.peer(name);
    }

    /// The shape of links that are made from now on; perfect at first.
    public void defaultShape(LinkShape shape) {
        topology.defaultShape(shape);
    }

    /// Joins two of hosts and switches by a link. A host gets a new card with the next address of the link's subnet, or
    /// of the switch's. Returns when the cards see the link.
    public SimLink link(SimNode a, SimNode b) {
        SimLink link = topology.link(a, b);
        until(() -> sees(a, link) && sees(b, link), LINK_NANOS);
        return link;
    }

    private static boolean sees(SimNode node, SimLink link) {
        return !(node instanceof SimHost host) || host.device(link).hasCarrier();
    }

    /// Joins hosts to a new switch, each by a link of its own.
    public SimSwitch lan(String name, SimHost... members) {
        SimSwitch made = addSwitch(name);
        for (SimHost h : members) {
            link(h, made);
        }
        return made;
    }

    // ---- running

    /// Runs until all applications have ended, those included that others start meanwhile.
    ///
    /// @throws AssertionError when one of them failed, when all that are left wait for what never comes, or when a
    ///     virtual day has passed; with the seed and the last frames
    public void join() {
        join(MOST_NANOS);
    }

    /// The same with another limit.
    ///
    /// @param mostNanos longest virtual time to run
    public void join(long mostNanos) {
        applications.join(mostNanos);
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
        topology.partition(apart);
    }

    /// Undoes every [#partition].
    public void heal() {
        topology.heal();
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
        return topology.hosts();
    }

    /// The host of that name.
    ///
    /// @throws IllegalArgumentException when there is none
    public SimHost findHost(String name) {
        return topology.host(name);
    }

    /// The link of that name.
    ///
    /// @throws IllegalArgumentException when there is none
    public SimLink findLink(String name) {
        return topology.link(name);
    }

    /// The links, in the order of making.
    public List<SimLink> links() {
        return topology.links();
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
        for (SimHost h : hosts()) {
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
        applications.endIsNear();
        hosts().forEach(h -> h.stack().close());
        applications.end();
        runtime.close();
        network.end();
        applications.checkNoneFailed();
        checkBooks();
        for (SimHost h : hosts()) {
            if (h.stack().packets().live() != 0) {
                throw new AssertionError(Report.of(
                        this,
                        "host " + h.name() + " leaks: " + h.stack().packets().liveSkBuffs()));
            }
        }
    }

    // ---- for the rest of this package

    SimApp run(String name, SimApp.Body body) {
        return applications.run(name, body);
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

    Topology topology() {
        return topology;
    }
}
