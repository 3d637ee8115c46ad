package dev.netstack4j.core.stack;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDevices;
import dev.netstack4j.api.protocol.InetControl;
import dev.netstack4j.api.protocol.InetFamilies;
import dev.netstack4j.api.runtime.AtomicBits;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.socket.SystemCalls;
import dev.netstack4j.api.stack.Hardware;
import dev.netstack4j.api.stack.Links;
import dev.netstack4j.api.stack.ModuleInfo;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.core.runtime.HostRuntime;
import dev.netstack4j.core.wiring.ObjectGraph;
import java.util.List;
import java.util.stream.Collectors;

/// A running stack.
final class AssembledStack implements Stack {
    private static final int CLOSED = 1;

    private final String name;
    private final List<ModuleInfo> modules;
    private final ObjectGraph graph;
    private final SkBuffPool pool;
    private final StackRuntime runtime;
    private final Teardown teardown;
    private final AtomicBits state;

    AssembledStack(StackPlan plan, ObjectGraph graph, HostObjects objects, HostRuntime host, Teardown teardown) {
        this.name = plan.name();
        this.modules = ModuleBill.of(plan.catalogue());
        this.graph = graph;
        this.pool = objects.pool();
        this.runtime = host.runtime();
        this.teardown = teardown;
        this.state = host.sync().bits("stack.closed");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public StackRuntime runtime() {
        return runtime;
    }

    @Override
    public Hardware hardware() {
        return service(Hardware.class);
    }

    @Override
    public Links links() {
        return service(Links.class);
    }

    @Override
    public SystemCalls sockets() {
        return service(SystemCalls.class);
    }

    @Override
    public InetControl inet(AddressFamily family) {
        InetControl control = service(InetFamilies.class).control(family);
        if (control == null) {
            throw new IllegalStateException("no module of stack " + name + " brings " + family);
        }
        return control;
    }

    @Override
    public SkBuffPool packets() {
        return pool;
    }

    @Override
    public List<ModuleInfo> modules() {
        return modules;
    }

    @Override
    public <T> T service(Class<T> type) {
        T found = graph.find(type);
        if (found == null) {
            throw new IllegalStateException("no module of stack " + name + " provides " + type.getSimpleName());
        }
        return found;
    }

    @Override
    public NetDevice device(String deviceName) {
        NetDevices devices = service(NetDevices.class);
        NetDevice found = devices.byName(deviceName);
        if (found == null) {
            String all = devices.all().stream().map(NetDevice::name).collect(Collectors.joining(", "));
            throw new IllegalArgumentException(
                    "stack " + name + " has no device '" + deviceName + "'; it has: " + (all.isEmpty() ? "none" : all));
        }
        return found;
    }

    @Override
    public void close() {
        if ((state.getAndSet(CLOSED) & CLOSED) == 0) {
            teardown.run();
        }
    }
}
