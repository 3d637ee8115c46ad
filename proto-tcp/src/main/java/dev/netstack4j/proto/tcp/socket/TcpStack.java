package dev.netstack4j.proto.tcp.socket;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.protocol.InetFamilies;
import dev.netstack4j.api.protocol.InetFamilyOps;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.RandomStream;
import dev.netstack4j.api.runtime.RandomStreams;
import dev.netstack4j.api.runtime.SoftIrqVector;
import dev.netstack4j.api.runtime.SoftIrqs;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.api.runtime.Timers;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.api.socket.SockFactory;
import dev.netstack4j.api.spi.Lifecycle;
import dev.netstack4j.api.spi.Plugged;
import dev.netstack4j.api.statistics.Counters;
import dev.netstack4j.proto.tcp.congestion.CongestionKinds;
import dev.netstack4j.proto.tcp.control.EventPort;
import dev.netstack4j.proto.tcp.control.KeyedHash;
import dev.netstack4j.proto.tcp.control.SockPort;
import dev.netstack4j.proto.tcp.control.StackMemory;
import dev.netstack4j.proto.tcp.control.TcpCounters;
import dev.netstack4j.proto.tcp.control.TcpReasons;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpState;
import dev.netstack4j.proto.tcp.control.TcpSysctls;
import dev.netstack4j.proto.tcp.demux.Demux;
import dev.netstack4j.proto.tcp.demux.TcpErrors;
import dev.netstack4j.proto.tcp.demux.TcpInput;
import dev.netstack4j.proto.tcp.events.FlightRecorderEvents;
import dev.netstack4j.proto.tcp.fastopen.FastOpenKeys;
import dev.netstack4j.proto.tcp.fastopen.FastOpenQueue;
import dev.netstack4j.proto.tcp.fastopen.ServerCache;
import dev.netstack4j.proto.tcp.input.InputRoom;
import dev.netstack4j.proto.tcp.input.Reader;
import dev.netstack4j.proto.tcp.output.ControlSegments;
import dev.netstack4j.proto.tcp.output.OutputRoom;
import dev.netstack4j.proto.tcp.output.SendBuffer;
import dev.netstack4j.proto.tcp.output.WriteLoop;
import dev.netstack4j.proto.tcp.recovery.LossRecovery;
import dev.netstack4j.proto.tcp.state.SequenceNumbers;
import dev.netstack4j.proto.tcp.state.StateRoom;
import dev.netstack4j.proto.tcp.state.SynCookies;
import dev.netstack4j.proto.tcp.state.UserCalls;
import dev.netstack4j.proto.tcp.timer.KeepAliveTimer;
import dev.netstack4j.proto.tcp.timer.RetransmitTimer;
import dev.netstack4j.proto.tcp.timer.SmallQueues;
import dev.netstack4j.proto.tcp.timer.TimerEvents;
import dev.netstack4j.proto.tcp.timer.TimerService;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/// The TCP of one stack: builds the rooms in their order and joins them. Knows no packets itself.
public final class TcpStack implements Lifecycle, SockPort {
    private final Cpus cpus;
    private final InetFamilies families;
    private final SoftIrqs softIrqs;
    private final TcpSysctls sysctls;
    private final StackMemory memory;
    private final TimerService timers;
    private final OutputRoom output;
    private final InputRoom input;
    private final StateRoom states;
    private final Demux demux;
    private final TcpInput entry;
    private final TcpErrors errors;
    private final TimerEvents events;
    private final SmallQueues smallQueues;
    private final CongestionKinds kinds;
    private final EventPort flightRecorder;
    private final FastOpenKeys fastOpenKeys;
    private final Sync sync;

    /// One per stack.
    @Inject
    public TcpStack(
            Cpus cpus,
            Timers timerMaker,
            Sync sync,
            RandomStreams random,
            SkBuffPool pool,
            PacketReasons packetReasons,
            Counters counterTable,
            Sysctls sysctlTable,
            SoftIrqs softIrqs,
            InetFamilies families,
            Plugged plugged,
            SockFactory factory) {
        this.cpus = cpus;
        this.families = families;
        this.softIrqs = softIrqs;
        int n = cpus.count();
        flightRecorder = new FlightRecorderEvents(n);
        sysctls = new TcpSysctls(sysctlTable, pool.memory().size());
        TcpCounters counters = new TcpCounters(counterTable);
        TcpReasons reasons = new TcpReasons(packetReasons);
        memory = new StackMemory(sysctls, counters, n);
        timers = new TimerService(timerMaker);
        kinds = new CongestionKinds(plugged, sysctlTable);
        output = new OutputRoom(pool, counters, sysctls, timers, memory, reasons);
        LossRecovery recovery = new LossRecovery(sysctls, counters, timers);
        input = new InputRoom(
                pool, memory, output, recovery, timers, sysctls, counters, reasons, random.stream("tcp.challenge"), n);
        demux = new Demux(
                sync,
                new KeyedHash(random.stream("tcp.hash")),
                new KeyedHash(random.stream("tcp.porthash")),
                random.stream("tcp.port"),
                sysctls,
                n);
        SequenceNumbers numbers = new SequenceNumbers(
                new KeyedHash(random.stream("tcp.isn")), new KeyedHash(random.stream("tcp.timestamp")));
        RandomStream fastOpen = random.stream("tcp.fastopen");
        FastOpenKeys fastOpenKeys = new FastOpenKeys(fastOpen.nextLong(), fastOpen.nextLong());
        ServerCache servers = new ServerCache(sync.spinLock("tcp fast open servers"), fastOpen.nextLong());
        this.fastOpenKeys = fastOpenKeys;
        this.sync = sync;
        SynCookies cookies = new SynCookies(
                new KeyedHash(random.stream("tcp.cookie")), new KeyedHash(random.stream("tcp.cookie.minute")));
        states = new StateRoom(
                memory,
                input,
                output,
                demux,
                timers,
                timerMaker,
                pool,
                factory,
                kinds,
                numbers,
                cookies,
                fastOpenKeys,
                servers,
                recovery,
                sysctls,
                counters,
                reasons,
                n);
        entry = new TcpInput(demux, states.machine, states.timeWait, states.replies, counters, reasons);
        errors = new TcpErrors(demux, states.endings, output.sizes, recovery, output.retransmitter, counters, n);
        smallQueues = new SmallQueues(n);
        events = new TimerEvents(
                new RetransmitTimer(
                        recovery,
                        output.retransmitter,
                        output.loop,
                        output.sizes,
                        output.control,
                        states.endings,
                        timers,
                        sysctls,
                        counters),
                new KeepAliveTimer(output.control, states.endings, states.opening, timers, sysctls, counters),
                output.control,
                output.loop,
                states.calls,
                timers,
                counters);
    }

    @Override
    public void start() {
        kinds.start();
        InetFamilyOps network = families.find(AddressFamily.INET);
        if (network != null) {
            entry.start(network);
            errors.start(network);
        }
        softIrqs.open(SoftIrqVector.TASKLET, smallQueues::run);
    }

    /// Connections whose application is gone may still wait for the peer: they end with the stack.
    @Override
    public void stop() {
        List<TcpSock> left = new ArrayList<>();
        demux.forEach(e -> {
            if (e.sock != null) {
                left.add(e.sock);
            }
        });
        Cpu cpu = cpus.enter();
        try {
            left.forEach(sock -> end(sock, cpu));
        } finally {
            cpus.leave(cpu);
        }
    }

    private void end(TcpSock sock, Cpu cpu) {
        if (sock.context().tryOwn(cpu)) {
            states.endings.done(sock, cpu);
            sock.context().release(cpu);
        }
    }

    @Override
    public void receive(TcpSock sock, SkBuff skb, Cpu cpu) {
        states.machine.receive(sock, skb, cpu);
    }

    @Override
    public void deferred(TcpSock sock, int bits, Cpu cpu) {
        events.run(sock, bits, cpu);
        memory.account(sock, cpu);
    }

    @Override
    public EventPort events() {
        return flightRecorder;
    }

    @Override
    public void unthrottle(TcpSock sock, Cpu cpu) {
        smallQueues.freed(sock, cpu);
    }

    @Override
    public boolean underPressure() {
        return memory.isPressed();
    }

    /// What all sockets hold.
    public StackMemory memory() {
        return memory;
    }

    /// A socket begins to listen. Under its ownership.
    public void listening(TcpSock sock, Cpu cpu) {
        states.endings.enter(sock, TcpState.LISTEN, cpu);
        demux.addListener(sock);
    }

    /// The idle time before keep-alive has changed. Under ownership.
    public void keepAliveChanged(TcpSock sock, Cpu cpu) {
        if (sock.settings().keepAlive && sock.state().isSynchronised()) {
            timers.keepAlive(sock, cpu.nowNanos() + states.opening.keepIdleNanos(sock), cpu);
        }
    }

    /// What sockets call.
    public SockPort port() {
        return this;
    }

    /// Where segments come in.
    public TcpInput entry() {
        return entry;
    }

    /// Where ICMP errors come in.
    public TcpErrors errors() {
        return errors;
    }

    /// The tables.
    public Demux demux() {
        return demux;
    }

    /// Calls that change the state.
    public UserCalls calls() {
        return states.calls;
    }

    /// Where bytes to send go.
    public SendBuffer buffer() {
        return output.buffer;
    }

    /// What sends queued bytes.
    public WriteLoop loop() {
        return output.loop;
    }

    /// What sends segments without bytes.
    public ControlSegments control() {
        return output.control;
    }

    /// Where received bytes come from.
    public Reader reader() {
        return input.reader;
    }

    /// Congestion controls.
    public CongestionKinds kinds() {
        return kinds;
    }

    /// The keys of Fast Open of listeners without keys of their own.
    FastOpenKeys fastOpenKeys() {
        return fastOpenKeys;
    }

    /// The early connections of a listener, or of what becomes one.
    FastOpenQueue fastOpenQueue(TcpSock sock) {
        FastOpenQueue queue = sock.fastOpenQueue;
        if (queue == null) {
            queue = new FastOpenQueue(sync.spinLock("tcp fast open queue"));
            sock.fastOpenQueue = queue;
        }
        return queue;
    }

    /// Settings.
    public TcpSysctls sysctls() {
        return sysctls;
    }

    /// What the MSS option of a socket says, or would say now.
    public int advertisedMss(TcpSock sock) {
        return output.sizes.advertised(sock);
    }
}
