package dev.netstack4j.proto.ipv4.raw;

import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.protocol.InetError;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.InetSock;
import dev.netstack4j.api.socket.SockRequest;
import dev.netstack4j.proto.ipv4.accounting.IpReasons;

/// A raw or ping socket: whole packets in a queue. What [#matches] reads is written under ownership and read by softirq
/// without: a packet that comes while an address changes may be judged by either.
abstract sealed class DatagramSock extends InetSock permits RawSock, PingSock {
    private final IpReasons reasons;
    private volatile int local;
    private volatile int remote;
    private volatile boolean closed;

    DatagramSock(SockRequest request, IpReasons reasons) {
        super(request);
        this.reasons = reasons;
    }

    /// Lets softirq see the addresses that were set.
    final void publishAddresses() {
        local = localAddress().v4Bits();
        remote = remoteAddress().v4Bits();
    }

    /// Receives nothing more.
    final void close() {
        closed = true;
    }

    /// Whether a packet between these addresses, here from `source` to `destination`, is for it.
    final boolean matches(int source, int destination, NetDevice in) {
        int bound = settings().boundDevice;
        return (local == 0 || local == destination)
                && (remote == 0 || remote == source)
                && (bound == 0 || bound == in.ifIndex());
    }

    /// Takes a packet: queues it, or leaves it to the owner. Softirq context.
    final void deliver(SkBuff skb, Cpu cpu) {
        if (context().tryOwn(cpu)) {
            backlogReceive(skb, cpu);
            context().release(cpu);
        } else if (!context().backlog(skb, cpu)) {
            skb.drop(reasons.socketFull, cpu);
        }
    }

    @Override
    @Linux("net/core/sock.c#sock_queue_rcv_skb_reason")
    public final void backlogReceive(SkBuff skb, Cpu cpu) {
        DropReason refused = null;
        if (closed || (shutdown() & RCV_SHUTDOWN) != 0) {
            refused = reasons.socketClosed;
        } else if (context().readAllocated() > settings().receiveBuffer) {
            refused = reasons.socketFull;
        }
        if (refused != null) {
            skb.drop(refused, cpu);
            return;
        }
        skb.orphan(cpu);
        skb.dst(null);
        context().ownerRead(skb);
        receiveQueue().addTail(skb);
        dataReady(cpu);
    }

    /// An ICMP error about a packet that it may have sent.
    @Linux("net/ipv4/raw.c#raw_err")
    final void error(InetError error, Cpu cpu) {
        if (receiveErrors() || remote != 0 && error.fatal()) {
            error(error.errno(), cpu);
        }
    }
}
