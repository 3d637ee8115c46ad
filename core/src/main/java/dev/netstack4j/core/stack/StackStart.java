package dev.netstack4j.core.stack;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.buffer.PhysicalMemory;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDevices;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.protocol.InetControl;
import dev.netstack4j.api.protocol.InetFamilies;
import dev.netstack4j.api.protocol.NetProtocol;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.spi.Lifecycle;
import dev.netstack4j.api.stack.AssemblyException;
import dev.netstack4j.api.stack.Hardware;
import dev.netstack4j.api.stack.Links;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.core.net.LoopbackDevice;
import dev.netstack4j.core.registry.Component;
import dev.netstack4j.core.registry.Contributed;
import dev.netstack4j.core.registry.ContributionIndex;
import dev.netstack4j.core.registry.ContributionTable;
import dev.netstack4j.core.registry.CorePoints;
import dev.netstack4j.core.registry.Problems;
import dev.netstack4j.core.runtime.HostRuntime;
import dev.netstack4j.core.runtime.RuntimeCore;
import dev.netstack4j.core.socket.SocketCalls;
import dev.netstack4j.core.wiring.ObjectGraph;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/// Makes a planned stack, in the order in which it is read here; what was made is taken down in reverse, whether
/// because a step failed or because the stack is closed.
final class StackStart {
    private static final System.Logger LOG = System.getLogger("dev.netstack4j.core.stack");

    /// In a PC's first MiB lie other things than memory, so a machine that shares the memory cannot do DMA there.
    private static final int PC_LOW_MEMORY = 1 << 20;

    private final StackPlan plan;
    private final RuntimeCore runtime;
    private final boolean ownRuntime;
    private final Teardown teardown;
    private final Problems problems = new Problems();
    private final ObjectGraph graph = new ObjectGraph();

    /// @param ownRuntime whether the runtime ends with the stack
    StackStart(StackPlan plan, RuntimeCore runtime, boolean ownRuntime) {
        this.plan = plan;
        this.runtime = runtime;
        this.ownRuntime = ownRuntime;
        this.teardown = new Teardown(plan.name());
    }

    Stack start() throws AssemblyException {
        boolean started = false;
        try {
            Stack stack = make();
            started = true;
            return stack;
        } finally {
            if (!started) {
                teardown.run();
            }
        }
    }

    private Stack make() throws AssemblyException {
        if (ownRuntime) {
            teardown.push("closing the runtime", runtime::close);
        }
        HostMemory memory = memory();
        HostRuntime host = runtime.newHost(plan.name(), plan.cpus());
        ContributionTable contributions = new ContributionIndex(plan.catalogue().declarations(), graph::object);
        HostObjects objects = new HostObjects(plan, host, memory, contributions);
        teardown.push("checking the packet ledger", () -> checkLedger(objects.pool()));
        teardown.push("ending the CPUs", host::close);
        host.controlLock().lock();
        try {
            graph.construct(objects.byType(), plan.order(), plan.catalogue().services(), problems);
            problems.check();
            checkConstructed(objects, contributions);
            startAll(host);
        } finally {
            host.controlLock().unlock();
        }
        return new AssembledStack(plan, graph, objects, host, teardown);
    }

    private HostMemory memory() throws AssemblyException {
        Arena arena = Arena.ofShared();
        teardown.push("freeing the memory", arena::close);
        if (plan.sharesMemory()) {
            return sharedMemory(arena);
        }
        MemorySegment segment = UntouchedMemory.allocate(plan.memory(), arena);
        PhysicalMemory memory = new PhysicalMemory(segment, PhysicalMemory.CHUNK); // nothing lies at address 0
        return new HostMemory(memory, Optional.empty());
    }

    private HostMemory sharedMemory(Arena arena) throws AssemblyException {
        try {
            SharedMemoryFile file = SharedMemoryFile.create(plan.memory());
            teardown.push("closing the memory's file", file::close);
            PhysicalMemory memory = new PhysicalMemory(file.map(plan.memory(), arena), PC_LOW_MEMORY);
            return new HostMemory(memory, Optional.of(file.path()));
        } catch (IOException e) {
            throw new AssemblyException(List.of(Problems.say(e)));
        }
    }

    private void checkConstructed(HostObjects objects, ContributionTable contributions) throws AssemblyException {
        for (Contributed<NetProtocol> p : contributions.all(CorePoints.NET_PROTOCOL)) {
            if (!p.instance().netnsOk()) {
                problems.add(p.owner() + ": protocol " + p.key()
                        + " cannot live in several stacks of one process (netnsOk is false), so no stack takes it.");
            }
        }
        objects.sysctls().complaints().forEach(problems::add);
        problems.check();
    }

    // ---- running

    private void startAll(HostRuntime host) throws AssemblyException {
        host.start();
        teardown.push("letting the CPUs finish", () -> settle(host.cpus()));
        for (Component c : plan.order()) {
            startOne(c, host);
        }
        teardown.push(
                "unplugging devices",
                () -> find(Hardware.class, HardwareControl.class).close());
        teardown.push("taking devices down", this::devicesDown);
        teardown.push("closing sockets", () -> socketCalls().closeAll());
        loopbackUp();
        problems.check();
    }

    private void startOne(Component c, HostRuntime host) throws AssemblyException {
        plan.catalogue().declarations().stream()
                .filter(d -> d.implementation() == c.type())
                .forEach(d -> LOG.log(
                        System.Logger.Level.DEBUG,
                        () -> "stack " + plan.name() + ": " + d.line() + " of "
                                + d.owner().label()));
        if (graph.object(c.type()).get() instanceof Lifecycle l) {
            teardown.push("stopping " + c.label(), () -> locked(host, l::stop));
            try {
                l.start();
            } catch (RuntimeException | Error e) {
                LOG.log(System.Logger.Level.DEBUG, () -> c.label() + " threw in start", e);
                problems.add(
                        c.owner().label() + ": " + c.type().getName() + " failed to start: " + Problems.say(e) + ".");
                problems.check();
            }
        }
    }

    private static void locked(HostRuntime host, Runnable action) {
        host.controlLock().lock();
        try {
            action.run();
        } finally {
            host.controlLock().unlock();
        }
    }

    private void loopbackUp() {
        find(LoopbackDevice.class, LoopbackDevice.class).create();
        NetDevice lo = find(NetDevices.class, NetDevices.class).byName(LoopbackDevice.NAME);
        InetControl inet = find(InetFamilies.class, InetFamilies.class).control(AddressFamily.INET);
        if (lo == null) {
            return;
        }
        try {
            if (!lo.isUp()) {
                find(Links.class, Links.class).up(lo);
            }
            if (inet != null && inet.addresses(lo).isEmpty()) {
                inet.addAddress(lo, IpPrefix.of(IpAddress.LOOPBACK_V4, 8));
            }
        } catch (NetException | RuntimeException e) {
            problems.add("The loopback device cannot be used: " + Problems.say(e) + ".");
        }
    }

    private <T> T find(Class<? super T> service, Class<T> as) {
        Object found = graph.find(service);
        if (found == null) {
            throw new IllegalStateException(service.getSimpleName() + " is missing");
        }
        return as.cast(found);
    }

    private SocketCalls socketCalls() {
        return (SocketCalls) graph.object(SocketCalls.class).get();
    }

    // ---- ending

    private void devicesDown() {
        Links links = find(Links.class, Links.class);
        links.all().stream().filter(NetDevice::isUp).toList().reversed().forEach(links::down);
    }

    private static void settle(Cpus cpus) {
        Cpu cpu = cpus.enter();
        cpus.leave(cpu);
        cpus.synchronizeNet();
    }

    private void checkLedger(SkBuffPool pool) {
        if (pool.live() != 0 || !pool.isBalanced()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "stack {0}: {1} packets are still there at the end, {2} by the ledger; dropped {3}, consumed {4}",
                    plan.name(),
                    pool.live(),
                    pool.ledger().expectedLive(),
                    pool.ledger().dropped(),
                    pool.ledger().consumed());
        }
    }
}
