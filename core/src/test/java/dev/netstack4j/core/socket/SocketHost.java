package dev.netstack4j.core.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.buffer.PacketLedger;
import dev.netstack4j.api.buffer.PhysicalMemory;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDeviceOps;
import dev.netstack4j.api.device.NetDevices;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.security.SecurityHook;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.PlugPoint;
import dev.netstack4j.core.net.steering.SockFlowTable;
import dev.netstack4j.core.registry.Contributed;
import dev.netstack4j.core.registry.ContributionTable;
import dev.netstack4j.core.registry.CorePoints;
import dev.netstack4j.core.runtime.HostRuntime;
import dev.netstack4j.core.runtime.RuntimeCore;
import dev.netstack4j.core.runtime.SteppedRuntime;
import dev.netstack4j.core.statistics.SysctlTable;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Socket calls over pipes, in virtual time, without a stack around them.
final class SocketHost implements ContributionTable {
    static final int FAMILY = 200;
    static final int STREAM = 1;
    static final int DGRAM = 2;

    final SteppedRuntime runtime = new SteppedRuntime(7);
    final HostRuntime host;
    final PacketLedger ledger;
    final SkBuffPool pool;
    final SysctlTable sysctls;
    final List<SecurityHook> hooks;
    final SocketRuntime sockets;
    final SocketSysctls settings;
    final SockMaker maker;
    final PipeOps ops;
    final FdTable table;
    private final SecurityHooks security;
    private final MessageCalls messages;
    final SocketCalls calls;

    SocketHost() {
        this(null, 1);
    }

    /// @param real a runtime to run on instead of the stepped one
    SocketHost(RuntimeCore real, int cpus) {
        host = (real == null ? runtime : real).newHost("sockets", cpus);
        ledger = new PacketLedger(cpus);
        pool = new SkBuffPool(new PhysicalMemory(Arena.ofAuto().allocate(8 << 20, 65536), 0), cpus, ledger);
        sysctls = new SysctlTable(host.controlLock(), Map.of());
        hooks = new ArrayList<>();
        sockets = new SocketRuntime(
                host.cpus(), host.clock(), host.sync(), new SockFlowTable(host.cpus(), sysctls), ledger);
        settings = new SocketSysctls(sysctls, host);
        maker = new SockMaker(sockets, settings);
        ops = new PipeOps(pool, maker, host.timers());
        table = new FdTable(host.sync(), settings);
        security = new SecurityHooks(this);
        ConnectionCalls connections = new ConnectionCalls(sockets, security, settings);
        messages = new MessageCalls(sockets, security, connections);
        calls = new SocketCalls(
                sockets,
                table,
                new ProtoSwitchTable(this),
                maker,
                security,
                new SocketFileOperations(sockets, messages),
                messages,
                connections,
                new SocketOptions(settings, new NoDevices()));
        host.start();
    }

    SocketHost with(SecurityHook hook) {
        hooks.add(hook);
        security.start();
        return this;
    }

    // ---- what tests do again and again

    int stream() {
        return calls.socket(FAMILY, STREAM, 0);
    }

    int listener(String name) {
        int fd = stream();
        assertEquals(0, calls.bind(fd, new PipeAddress(name)));
        assertEquals(0, calls.listen(fd, 5));
        return fd;
    }

    /// Two connected streams; the listener stays open.
    int[] pair() {
        listener("pair");
        int client = stream();
        assertEquals(0, calls.connect(client, new PipeAddress("pair")));
        return new int[] {client, calls.accept(0)};
    }

    PipeSock sock(int fd) {
        return (PipeSock) table.get(fd).socket().sock();
    }

    StackRuntime.AppThread run(Runnable body) {
        StackRuntime.AppThread t = runtime.start("app", body);
        runtime.runDue();
        return t;
    }

    /// Runs with a CPU, as softirq would.
    void onCpu(java.util.function.Consumer<Cpu> body) {
        Cpu cpu = host.cpus().enter();
        try {
            body.accept(cpu);
        } finally {
            host.cpus().leave(cpu);
        }
    }

    void assertNoLeak() {
        calls.closeAll();
        assertEquals(0, pool.live(), () -> "leaked " + pool.liveSkBuffs());
        assertTrue(pool.isBalanced());
    }

    // ---- contributions

    @Override
    public <T> Contributed<T> find(PlugPoint<T> point, String key) {
        return all(point).stream().filter(c -> c.key().equals(key)).findFirst().orElse(null);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> List<Contributed<T>> all(PlugPoint<T> point) {
        if (point.equals(CorePoints.SOCKET)) {
            return (List<Contributed<T>>) (List<?>) List.of(
                    contributed("AF_200/1/7", ops),
                    contributed("AF_200/2/0", ops),
                    contributed("AF_200/2/9", ops),
                    contributed("AF_200/3/any", ops));
        }
        if (point.equals(SecurityHook.POINT)) {
            return (List<Contributed<T>>)
                    (List<?>) hooks.stream().map(h -> contributed("hook", h)).toList();
        }
        return List.of();
    }

    private static <T> Contributed<T> contributed(String key, T object) {
        return new Contributed<>("test 1.0", key, OptionSchema.NONE, List.of(), () -> object);
    }

    private static final class NoDevices implements NetDevices {
        @Override
        public NetDevice alloc(String nameTemplate, NetDeviceOps ops) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void register(NetDevice device) {}

        @Override
        public void unregister(NetDevice device) {}

        @Override
        public List<NetDevice> all() {
            return List.of();
        }

        @Override
        public NetDevice byName(String name) {
            return null;
        }

        @Override
        public NetDevice byIndex(int ifIndex) {
            return null;
        }
    }
}
