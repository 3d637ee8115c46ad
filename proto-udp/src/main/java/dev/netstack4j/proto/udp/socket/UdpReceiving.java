package dev.netstack4j.proto.udp.socket;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.protocol.AddressPair;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.MessageFlags;
import dev.netstack4j.api.socket.PollEvents;
import dev.netstack4j.api.socket.Sock;
import dev.netstack4j.proto.udp.accounting.UdpReasons;
import dev.netstack4j.proto.udp.demux.UdpSock;
import dev.netstack4j.proto.udp.header.UdpHeader;
import dev.netstack4j.proto.udp.input.Network;
import jakarta.inject.Inject;

/// Gives datagrams to applications. Process context, under the socket's ownership.
@Linux("net/ipv4/udp.c#udp_recvmsg")
public final class UdpReceiving {
    private final Network network;
    private final UdpReasons reasons;
    private final AddressPair[] pairs;

    /// Over the network layer.
    @Inject
    public UdpReceiving(Network network, Cpus cpus, UdpReasons reasons) {
        this.network = network;
        this.reasons = reasons;
        pairs = new AddressPair[Math.max(1, cpus.count())];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = new AddressPair();
        }
    }

    /// Moves the next datagram to the message, or as much of it as fits.
    ///
    /// @return bytes moved, with MSG_TRUNC the datagram's length; EAGAIN when there is none
    int recvmsg(UdpSock s, Message message, Cpu cpu) {
        int error = s.takeError();
        if (error != 0) {
            return -error;
        }
        SkBuff skb = s.receiveQueue().peek();
        if (skb == null) {
            return (s.shutdown() & Sock.RCV_SHUTDOWN) != 0 ? 0 : Errno.EAGAIN.negative();
        }
        int length = skb.length();
        int moved = message.copyFrom(skb, 0, length);
        if (moved < length) {
            message.addResultFlag(MessageFlags.TRUNC);
        }
        tellSource(skb, message, cpu);
        if (!message.has(MessageFlags.PEEK)) {
            s.receiveQueue().unlink(skb);
            skb.consume(reasons.read, cpu);
        }
        return message.has(MessageFlags.TRUNC) ? length : moved;
    }

    private void tellSource(SkBuff skb, Message message, Cpu cpu) {
        AddressPair pair = pairs[cpu.id()];
        network.inet().addresses(skb, pair);
        int port = UdpHeader.sourcePort(skb, skb.transportHeader());
        message.source(AddressFamily.INET, pair.sourceHigh, pair.sourceLow, port);
    }

    /// Readiness bits.
    @Linux("net/core/datagram.c#datagram_poll")
    static int poll(Sock s) {
        int events = s.error() != 0 ? PollEvents.ERR : 0;
        boolean ended = (s.shutdown() & Sock.RCV_SHUTDOWN) != 0;
        events |= ended ? PollEvents.RDHUP : 0;
        events |= s.shutdown() == Sock.SHUTDOWN_MASK ? PollEvents.HUP : 0;
        events |= ended || !s.receiveQueue().isEmpty() ? PollEvents.IN : 0;
        boolean room = s.context().writeAllocated() * 2L <= s.settings().sendBuffer;
        return room ? events | PollEvents.OUT : events;
    }

    /// Bytes of the next datagram; 0 when there is none.
    static int nextLength(Sock s) {
        SkBuff skb = s.receiveQueue().peek();
        return skb == null ? 0 : skb.length();
    }
}
