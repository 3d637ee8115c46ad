package dev.netstack4j.cli.iperf;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.socket.DatagramPort;
import dev.netstack4j.api.socket.InetSockAddress;
import java.nio.ByteBuffer;
import java.util.List;

/// A server's one port, at which the datagrams of all flows arrive.
final class UdpReceiver extends Flow {
    private final DatagramPort port;
    private final List<UdpFlow> flows;
    private final byte[] datagram;
    private final ByteBuffer header;

    UdpReceiver(StackRuntime runtime, DatagramPort port, List<UdpFlow> flows, int length) {
        super(runtime, new Tally(0));
        this.port = port;
        this.flows = flows;
        this.datagram = new byte[length];
        this.header = ByteBuffer.wrap(datagram);
    }

    @Override
    boolean step() throws NetException {
        int n = port.receive(datagram, 0, datagram.length);
        InetSockAddress from = port.source();
        for (UdpFlow flow : flows) {
            if (from != null && from.equals(flow.peer())) {
                flow.received(header, n);
            }
        }
        return true;
    }

    @Override
    void close() {
        port.close();
    }
}
