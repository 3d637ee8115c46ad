package dev.netstack4j.proto.udp.demux;

import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.protocol.Dst;
import dev.netstack4j.api.protocol.Flow;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.InetSock;
import dev.netstack4j.api.socket.SockRequest;
import dev.netstack4j.proto.udp.accounting.UdpCounters;
import dev.netstack4j.proto.udp.accounting.UdpReasons;
import org.jspecify.annotations.Nullable;

/// A UDP socket: whole datagrams in a queue, header pulled. Guarded by its ownership but for what is volatile.
@Linux("include/linux/udp.h#udp_sock")
public final class UdpSock extends InetSock {
    private final UdpCounters counters;
    private final UdpReasons reasons;
    private final Flow flow = new Flow();
    private volatile Ends ends = Ends.NONE;
    private volatile boolean closed;
    private volatile @Nullable Dst inputRoute;

    /// Unbound.
    public UdpSock(SockRequest request, UdpCounters counters, UdpReasons reasons) {
        super(request);
        this.counters = counters;
        this.reasons = reasons;
    }

    /// Its question to routing, re-used.
    public Flow flow() {
        return flow;
    }

    /// The dst of the datagrams that it receives as a connected socket, for early demultiplexing. Any context.
    public @Nullable Dst inputRoute() {
        return inputRoute;
    }

    /// Keeps that dst.
    public void inputRoute(@Nullable Dst route) {
        inputRoute = route;
    }

    Ends ends() {
        return ends;
    }

    void ends(Ends fresh) {
        ends = fresh;
    }

    /// Receives nothing more.
    public void close() {
        closed = true;
    }

    /// Takes a datagram, its data first: queues it, or leaves it to the owner. Softirq context.
    public void deliver(SkBuff skb, Cpu cpu) {
        if (ends.isConnected()) { // another one has no flow of its own
            context().saveRxHash(skb);
        }
        if (context().tryOwn(cpu)) {
            backlogReceive(skb, cpu);
            context().release(cpu);
        } else if (!context().backlog(skb, cpu)) {
            refuse(skb, reasons.receiveBuffer, cpu);
        }
    }

    @Override
    @Linux("net/ipv4/udp.c#__udp_enqueue_schedule_skb")
    public void backlogReceive(SkBuff skb, Cpu cpu) {
        if (closed || (shutdown() & RCV_SHUTDOWN) != 0) {
            skb.drop(reasons.closed, cpu);
        } else if (context().readAllocated() > settings().receiveBuffer) {
            refuse(skb, reasons.receiveBuffer, cpu);
        } else {
            skb.dst(null);
            context().ownerRead(skb);
            receiveQueue().addTail(skb);
            counters.inDatagrams.increment(cpu);
            dataReady(cpu);
        }
    }

    /// UDP has no flow control: what finds no room is lost, and counted.
    private void refuse(SkBuff skb, DropReason reason, Cpu cpu) {
        counters.receiveBufferErrors.increment(cpu);
        counters.inErrors.increment(cpu);
        skb.drop(reason, cpu);
    }
}
