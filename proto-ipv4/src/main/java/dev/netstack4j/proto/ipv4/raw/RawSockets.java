package dev.netstack4j.proto.ipv4.raw;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.protocol.InetError;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.proto.ipv4.header.Ipv4Header;
import jakarta.inject.Inject;
import java.util.function.Consumer;

/// All raw sockets, by protocol.
@Linux("net/ipv4/raw.c#raw_v4_hashinfo")
public final class RawSockets {
    private static final int PROTOCOLS = 256;

    private final SockTable[] byProtocol = new SockTable[PROTOCOLS];

    /// None yet.
    @Inject
    public RawSockets(Sync sync) {
        for (int i = 0; i < PROTOCOLS; i++) {
            byProtocol[i] = new SockTable(sync.spinLock("raw-sockets-" + i));
        }
    }

    void add(RawSock sock) {
        byProtocol[sock.protocol() & 0xFF].add(sock);
    }

    void remove(RawSock sock) {
        byProtocol[sock.protocol() & 0xFF].remove(sock);
    }

    void forEach(Consumer<DatagramSock> visitor) {
        for (SockTable table : byProtocol) {
            for (DatagramSock s : table.all()) {
                visitor.accept(s);
            }
        }
    }

    /// Gives each raw socket of the packet's protocol a clone. The packet stays with the caller, its IP header first.
    ///
    /// @return whether any socket wanted it
    @Linux("net/ipv4/raw.c#raw_local_deliver")
    public boolean deliver(SkBuff skb, int protocol, NetDevice in, Cpu cpu) {
        DatagramSock[] socks = byProtocol[protocol].all();
        if (socks.length == 0) {
            return false;
        }
        int at = skb.networkHeader();
        int source = Ipv4Header.source(skb, at);
        int destination = Ipv4Header.destination(skb, at);
        boolean wanted = false;
        for (DatagramSock s : socks) {
            if (s.matches(source, destination, in)) {
                wanted = true;
                s.deliver(skb.clone(cpu), cpu);
            }
        }
        return wanted;
    }

    /// Tells each raw socket that may have sent the quoted packet, whose network header is marked.
    @Linux("net/ipv4/raw.c#raw_icmp_error")
    @SuppressWarnings("ArgumentSelectionDefectChecker") // the quoted packet went the other way
    public void error(SkBuff quoted, int protocol, InetError error, Cpu cpu) {
        DatagramSock[] socks = byProtocol[protocol].all();
        NetDevice in = quoted.dev();
        if (socks.length == 0 || in == null) {
            return;
        }
        int at = quoted.networkHeader();
        for (DatagramSock s : socks) {
            if (s.matches(Ipv4Header.destination(quoted, at), Ipv4Header.source(quoted, at), in)) {
                s.error(error, cpu);
            }
        }
    }
}
