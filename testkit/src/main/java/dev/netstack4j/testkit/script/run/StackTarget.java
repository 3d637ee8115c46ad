package dev.netstack4j.testkit.script.run;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.runtime.VirtualRuntime;
import dev.netstack4j.api.settings.Sysctl;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackBuilder;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.testkit.script.model.Setup;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A stack of its own in virtual time, made from a builder.
public final class StackTarget implements Target {
    /// Its name in scripts.
    public static final String NAME = "netstack4j";

    private static final MacAddress MAC = MacAddress.parse("02:00:00:00:00:01");
    private static final long MEBI = 1 << 20;
    private static final long DEFAULT_MEMORY = 8 * MEBI;

    private final Supplier<StackBuilder> builders;
    private final long seed;
    private @Nullable VirtualRuntime runtime;
    private @Nullable Stack stack;
    private @Nullable WireDevice wire;
    private @Nullable VirtualSteps time;

    /// @param builders a builder with the modules that are wanted; runtime, name and settings are added
    /// @param seed     of the runtime's randomness
    public StackTarget(Supplier<StackBuilder> builders, long seed) {
        this.builders = builders;
        this.seed = seed;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isExact() {
        return true;
    }

    @Override
    public void open(Setup setup) throws Exception {
        VirtualRuntime virtual = StackFactory.find().virtualTime(seed);
        runtime = virtual;
        StackBuilder builder = builders.get().name("host").runtime(virtual);
        options(setup.options(), builder);
        setup.sysctls().forEach(builder::sysctl);
        Stack host = builder.build();
        stack = host;
        WireDevice device = WireDevice.add(host, MAC, setup.mtu());
        wire = device;
        host.ipv4().addAddress(device.device(), IpPrefix.parse(setup.host()));
        for (String route : setup.routes()) {
            host.ipv4().addRoute(IpPrefix.parse(route), IpAddress.parse(setup.peer()), device.device(), 0);
        }
        virtual.runDue();
        VirtualSteps steps = new VirtualSteps(virtual);
        time = steps;
        device.startAt(steps.started());
    }

    private static void options(Map<String, String> options, StackBuilder builder) {
        builder.memory(memory(options.get("memory")));
        String cpus = options.get("cpus");
        if (cpus != null) {
            builder.cpus(Integer.parseInt(cpus));
        }
        String without = options.get("without");
        if (without != null) {
            builder.without(without);
        }
    }

    private static long memory(@Nullable String said) {
        return said == null ? DEFAULT_MEMORY : Long.parseLong(said.replace("M", "")) * MEBI;
    }

    @Override
    public long hostMac() {
        return MAC.bits();
    }

    @Override
    public long now() {
        return time().now();
    }

    @Override
    public void send(byte[] frame) {
        wire().receive(frame);
        time().runDue();
    }

    @Override
    public @Nullable Frame next(long untilNanos) {
        WireDevice w = wire();
        time().until(w::hasFrames, untilNanos);
        return w.poll();
    }

    @Override
    public Sockets sockets() {
        return new StackSockets(stack().sockets());
    }

    @Override
    public void start(Runnable call) {
        time().start(call);
    }

    @Override
    public void settle(Pending pending, long untilNanos) {
        time().until(pending::isDone, untilNanos);
    }

    @Override
    public long tolerance(long delayNanos) {
        return VirtualSteps.TOLERANCE;
    }

    @Override
    public void set(String name, int value) {
        Sysctl s = stack().service(Sysctls.class).find(name);
        if (s == null) {
            throw new IllegalArgumentException("the stack has no setting " + name);
        }
        s.set(value);
    }

    @Override
    public void verify() {
        time().runDue();
        Stack s = stack();
        s.close();
        if (s.packets().live() != 0 || !s.packets().isBalanced()) {
            throw new AssertionError("the stack lost packets: " + s.packets().liveSkBuffs());
        }
    }

    @Override
    public void close() {
        if (stack != null) {
            stack.close();
        }
        if (runtime != null) {
            runtime.close();
        }
    }

    private VirtualSteps time() {
        return opened(time);
    }

    private Stack stack() {
        return opened(stack);
    }

    private WireDevice wire() {
        return opened(wire);
    }

    private static <T> T opened(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the target is not open");
        }
        return part;
    }
}
