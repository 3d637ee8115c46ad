package dev.netstack4j.cli.iperf;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.socket.DatagramPort;
import dev.netstack4j.api.socket.InetSockAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// One flow of datagrams.
final class UdpFlow extends Flow {
    private final DatagramPort port;
    private final @Nullable InetSockAddress peer;
    private final boolean sends;
    private final boolean wide;
    private final long rate;
    private final byte[] datagram;
    private final ByteBuffer header;
    private @Nullable Pace pace;

    /// @param peer where datagrams go, null when the port is connected
    UdpFlow(
            StackRuntime runtime,
            DatagramPort port,
            @Nullable InetSockAddress peer,
            int index,
            boolean sends,
            TestPlan plan) {
        super(runtime, new Tally(index));
        this.port = port;
        this.peer = peer;
        this.sends = sends;
        this.wide = plan.wide();
        this.rate = plan.rate();
        this.datagram = new byte[plan.length()];
        this.header = ByteBuffer.wrap(datagram);
    }

    @Nullable
    InetSockAddress peer() {
        return peer;
    }

    @Override
    boolean step() throws NetException {
        if (sends) {
            send();
        } else {
            received(header, port.receive(datagram, 0, datagram.length));
        }
        return true;
    }

    private void send() throws NetException {
        Pace p = pace;
        if (p == null) {
            p = new Pace(runtime, rate);
            pace = p;
        }
        if (p.allows(tally.bytes)) {
            DatagramHeader.write(header, runtime.clock().wallNanos(), tally.packets + 1, wide);
            port.send(datagram, 0, datagram.length, peer);
            tally.sentDatagram(datagram.length);
        }
    }

    /// A datagram of this flow has come.
    void received(ByteBuffer bytes, int length) {
        if (length >= DatagramHeader.length(wide)) {
            tally.receivedDatagram(bytes, length, wide, runtime.clock().wallNanos());
        }
    }

    @Override
    void close() {
        if (peer == null) {
            port.close();
        }
    }
}
