package dev.netstack4j.proto.tcp.control;

import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketReasons;

/// Why TCP ends packets.
public final class TcpReasons {
    public final DropReason header;
    public final DropReason checksum;
    public final DropReason noSocket;
    public final DropReason backlogFull;
    public final DropReason listenOverflow;
    public final DropReason synQueueFull;
    public final DropReason paws;
    public final DropReason outOfWindow;
    public final DropReason oldData;
    public final DropReason oldAck;
    public final DropReason badAck;
    public final DropReason minTtl;
    public final DropReason badFlags;
    public final DropReason closed;
    public final DropReason receiveFull;
    public final DropReason outOfOrderFull;
    public final ConsumeReason collapsed;
    public final DropReason duplicate;
    public final DropReason timeWait;
    public final DropReason noMemory;
    public final DropReason aborted;
    public final DropReason notForHost;
    public final ConsumeReason acked;
    public final ConsumeReason delivered;
    public final ConsumeReason control;

    /// Declares them.
    public TcpReasons(PacketReasons r) {
        header = r.drop("TCP_HEADER", "TCP header truncated or malformed");
        checksum = r.drop("TCP_CSUM", "TCP checksum wrong");
        noSocket = r.drop("TCP_NO_SOCKET", "no socket for this segment");
        backlogFull = r.drop("TCP_BACKLOG", "socket owned and its backlog full");
        listenOverflow = r.drop("TCP_LISTEN_OVERFLOW", "accept queue full");
        synQueueFull = r.drop("TCP_SYN_QUEUE", "SYN queue full");
        paws = r.drop("TCP_PAWS", "timestamp older than the last one");
        outOfWindow = r.drop("TCP_OUT_OF_WINDOW", "segment outside the receive window");
        oldData = r.drop("TCP_OLD_DATA", "data received before");
        oldAck = r.drop("TCP_OLD_ACK", "acknowledgement too old");
        minTtl = r.drop("TCP_MINTTL", "has made more hops than IP_MINTTL allows");
        badAck = r.drop("TCP_BAD_ACK", "acknowledges what was not sent");
        badFlags = r.drop("TCP_FLAGS", "flags not acceptable in this state");
        closed = r.drop("TCP_CLOSED", "the receiving application has gone");
        receiveFull = r.drop("TCP_RCVBUF", "receive buffer full");
        collapsed = r.consume("TCP_COLLAPSED", "copied together with its neighbours");
        outOfOrderFull = r.drop("TCP_OFO_FULL", "out-of-order queue full");
        duplicate = r.drop("TCP_DUPLICATE", "segment already in the out-of-order queue");
        timeWait = r.drop("TCP_TIME_WAIT", "segment for a connection in TIME-WAIT");
        noMemory = r.drop("TCP_NO_MEMORY", "no buffer for an answer");
        aborted = r.drop("TCP_ABORTED", "connection ended with this in its queues");
        notForHost = r.drop("TCP_NOT_HOST", "segment not addressed to this host alone");
        acked = r.consume("TCP_ACKED", "sent data was acknowledged");
        delivered = r.consume("TCP_DELIVERED", "data was read by the application");
        control = r.consume("TCP_CONTROL", "segment without data was processed");
    }
}
