package dev.netstack4j.proto.udp.accounting;

import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketReasons;
import jakarta.inject.Inject;

/// Why UDP ends packets.
public final class UdpReasons {
    /// Shorter than a header.
    public final DropReason shortHeader;
    /// The length field does not fit.
    public final DropReason length;
    /// Checksum wrong.
    public final DropReason checksum;
    /// No socket on the port.
    public final DropReason noPort;
    /// Nobody listens to a datagram for many.
    public final DropReason nobody;
    /// The socket's receive buffer is full.
    public final DropReason receiveBuffer;
    /// The socket was closed.
    public final DropReason closed;
    /// No memory.
    public final DropReason noMemory;
    /// Read by the application.
    public final ConsumeReason read;

    /// Declares them.
    @Inject
    public UdpReasons(PacketReasons r) {
        shortHeader = r.drop("UDP_SHORT", "shorter than a UDP header");
        length = r.drop("UDP_LENGTH", "UDP length does not fit the packet");
        checksum = r.drop("UDP_CSUM", "UDP checksum is wrong");
        noPort = r.drop("UDP_NO_PORT", "no socket on the port");
        nobody = r.drop("UDP_NOBODY", "no socket takes this datagram for many");
        receiveBuffer = r.drop("UDP_RCVBUF_FULL", "the socket's receive buffer is full");
        closed = r.drop("UDP_CLOSED", "the socket was closed");
        noMemory = r.drop("UDP_NO_MEMORY", "no memory for a packet");
        read = r.consume("UDP_READ", "read by an application");
    }
}
