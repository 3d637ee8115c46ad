package dev.netstack4j.proto.tcp.control;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.protocol.Dst;
import dev.netstack4j.api.protocol.InetFamilyOps;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.InetSock;
import dev.netstack4j.api.socket.SockRequest;
import dev.netstack4j.proto.tcp.fastopen.FastOpenQueue;
import org.jspecify.annotations.Nullable;

/// A TCP socket: the variables of one connection, or of a listener. Guarded by the socket's ownership unless a field
/// says otherwise.
@Linux("include/linux/tcp.h#tcp_sock")
public final class TcpSock extends InetSock {
    /// Further back the clocks of two CPUs do not lie: that much is a pause of weeks.
    private static final int MOST_BACK = 1000;

    /// The network layer below.
    public final InetFamilyOps network;
    /// Sending.
    public SendVars snd = new SendVars();
    /// Receiving.
    public ReceiveVars rcv = new ReceiveVars();
    /// Losses.
    public RecoveryVars rec = new RecoveryVars();
    /// Congestion window.
    public CongestionVars cc = new CongestionVars(this);
    /// Marks of congestion.
    public EcnVars ecn = new EcnVars();
    /// Fast Open; null where it is not in use. Written by state.
    public @Nullable FastOpenVars fastOpen;
    /// Early connections of a listener, and how many it takes; null where it takes none. Written by socket.
    public volatile @Nullable FastOpenQueue fastOpenQueue;
    /// Options.
    public final TcpSettings opt = new TcpSettings();
    /// Timers.
    public final TimerVars timers = new TimerVars();
    /// Its place in the connection table. Written by demux.
    public volatile @Nullable ConnectionEntry entry;
    /// Its hold on a local port. Written by demux.
    public @Nullable PortHold port;
    /// What a listener has beside; null for others. Written by state.
    public volatile @Nullable ListenVars listen;
    /// The next one in the accept queue. Guarded by the listener's ownership.
    public @Nullable TcpSock nextAccepted;
    /// The listener that a connection being accepted belongs to. Written by state.
    public @Nullable TcpSock parent;
    /// What remained of an earlier connection with the same ends, and made way. Written by demux.
    public @Nullable TimeWaitSock reused;
    /// Bytes of its queues as they were last counted. Written by control.
    @Linux("include/net/sock.h#sk_forward_alloc")
    public long heldBytes;
    /// Whether it counts as a connection without an application. Written by state.
    public boolean countedOrphan;
    /// The route that its segments come in by, for early demux. Written by input.
    public volatile @Nullable Dst receiveDst;
    /// An ICMP error that did not end it, reported when it times out. Written by state.
    public int softError;
    /// Whether it has, or had, a peer: from a `connect` that was not refused at once, or from `accept`, until it is
    /// taken apart. Written by socket.
    @Linux("include/uapi/linux/net.h#socket_state")
    public boolean everConnected;
    /// The address that `bind` was given; the wildcard for none. Written by socket.
    public IpAddress boundAddress;
    /// Whether `bind` was given a port, which it then keeps from one connection to the next. Written by socket.
    @Linux("include/net/sock.h#SOCK_BINDPORT_LOCK")
    public boolean portChosen;

    private final SockPort behaviour;
    private volatile TcpState state = TcpState.CLOSED;

    /// A closed socket.
    public TcpSock(SockRequest request, InetFamilyOps network, SockPort behaviour) {
        super(request);
        this.network = network;
        this.behaviour = behaviour;
        this.boundAddress = localAddress();
    }

    /// A closed socket with the same layers around it: a child of this listener.
    public TcpSock child(SockRequest request) {
        return new TcpSock(request, network, behaviour);
    }

    /// Whether it has to be modest, because all sockets together hold much. Any context.
    @Linux("include/net/tcp.h#tcp_under_memory_pressure")
    public boolean underPressure() {
        return behaviour.underPressure();
    }

    /// Its state. Any context.
    public TcpState state() {
        return state;
    }

    /// Changes the state. For the state room.
    public void state(TcpState next) {
        state = next;
    }

    /// Whether data may flow: the handshake is over, or a cookie has stood for it.
    public boolean isOpen() {
        return state.isSynchronised() || isPassiveFastOpen();
    }

    /// Whether it was made from a SYN with a cookie whose handshake is not over.
    @Linux("include/net/tcp.h#tcp_passive_fastopen")
    public boolean isPassiveFastOpen() {
        FastOpenVars vars = fastOpen;
        return vars != null && vars.queue != null && state == TcpState.SYN_RECEIVED;
    }

    /// Whether `connect` has returned and the SYN waits for data.
    public boolean isDeferred() {
        FastOpenVars vars = fastOpen;
        return vars != null && vars.deferred && state == TcpState.SYN_SENT;
    }

    /// Forgets all of a connection that is over and has left every table: what was set by options stays. Readers
    /// without ownership see the old variables or the new ones.
    public void renew() {
        snd = new SendVars();
        rcv = new ReceiveVars();
        rec = new RecoveryVars();
        cc = new CongestionVars(this);
        ecn = new EcnVars();
        fastOpen = null;
        reused = null;
        softError = 0;
        parent = null;
    }

    /// Who hears what is unusual in its life.
    public EventPort events() {
        return behaviour.events();
    }

    /// Packets that are in the network, as far as is known.
    @Linux("include/net/tcp.h#tcp_packets_in_flight")
    public int packetsInFlight() {
        return snd.packetsOut - (rec.sackedOut + rec.lostOut) + rec.retransmittedOut;
    }

    /// What remains of the window last sent.
    @Linux("include/net/tcp.h#tcp_receive_window")
    public int receiveWindow() {
        return Math.max(0, rcv.wup + rcv.wnd - rcv.nxt);
    }

    /// Sequence number behind the peer's window.
    public int sendWindowEnd() {
        return snd.una + snd.wnd;
    }

    /// Time in units of timestamps: milliseconds with this connection's offset. It never goes back, though the clocks
    /// of two CPUs' batches may differ by a little: the peer would take such a segment for an old one.
    public int timestamp(Cpu cpu) {
        int now = (int) (cpu.nowNanos() / 1_000_000) + opt.timestampOffset;
        int back = snd.lastStamp - now;
        if (snd.stamped && back > 0 && back < MOST_BACK) {
            return snd.lastStamp;
        }
        snd.stamped = true;
        snd.lastStamp = now;
        return now;
    }

    @Override
    public void backlogReceive(SkBuff skb, Cpu cpu) {
        behaviour.receive(this, skb, cpu);
    }

    @Override
    public void deferred(int bits, Cpu cpu) {
        behaviour.deferred(this, bits, cpu);
    }

    @Override
    public void writeMemoryFreed(Cpu cpu) {
        if (snd.throttled) {
            behaviour.unthrottle(this, cpu);
        }
    }
}
