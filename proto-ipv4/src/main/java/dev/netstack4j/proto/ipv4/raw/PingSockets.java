package dev.netstack4j.proto.ipv4.raw;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.protocol.InetError;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.RandomStream;
import dev.netstack4j.api.runtime.RandomStreams;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.proto.ipv4.accounting.IpReasons;
import dev.netstack4j.proto.ipv4.header.Ipv4Header;
import jakarta.inject.Inject;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// All ping sockets, told apart by the identifier of their echo requests.
@Linux("net/ipv4/ping.c#ping_table")
public final class PingSockets {
    private static final int IDENT = 4;
    private static final int IDENTS = 65536;

    private final SockTable socks;
    private final RandomStream random;
    private final IpReasons reasons;

    /// None yet.
    @Inject
    public PingSockets(Sync sync, RandomStreams random, IpReasons reasons) {
        socks = new SockTable(sync.spinLock("ping-sockets"));
        this.random = random.stream("ping.ident");
        this.reasons = reasons;
    }

    /// Gives a socket an identifier and makes it known.
    ///
    /// @param ident wanted, or 0 for any
    /// @return the identifier; -1 when it is taken
    int add(PingSock sock, int ident) {
        int first = ident != 0 ? ident : 1 + random.nextInt(IDENTS - 1);
        for (int i = 0; i < IDENTS; i++) {
            int candidate = (first + i) % IDENTS;
            int result = candidate == 0 ? -1 : tryAdd(sock, candidate);
            if (result >= 0 || ident != 0) {
                return result;
            }
        }
        return -1;
    }

    private int tryAdd(PingSock sock, int ident) {
        while (true) {
            DatagramSock[] seen = socks.all();
            for (DatagramSock s : seen) {
                if (s.localPort() == ident) {
                    return -1;
                }
            }
            DatagramSock[] next = java.util.Arrays.copyOf(seen, seen.length + 1);
            next[seen.length] = sock;
            sock.localPort(ident);
            if (socks.replace(seen, next)) {
                return ident;
            }
            sock.localPort(0);
        }
    }

    void remove(PingSock sock) {
        socks.remove(sock);
    }

    void forEach(Consumer<DatagramSock> visitor) {
        for (DatagramSock s : socks.all()) {
            visitor.accept(s);
        }
    }

    /// Takes an echo reply, ICMP header first and checked.
    @Linux("net/ipv4/ping.c#ping_rcv")
    public void receive(SkBuff skb, Cpu cpu) {
        int at = skb.networkHeader();
        NetDevice in = skb.dev();
        int ident = skb.get16(skb.data() + IDENT);
        DatagramSock s =
                in == null ? null : find(ident, Ipv4Header.source(skb, at), Ipv4Header.destination(skb, at), in);
        if (s == null) {
            skb.consume(reasons.icmpHandled, cpu);
        } else {
            s.deliver(skb, cpu);
        }
    }

    /// Takes notice of an error that quotes an echo request of ours.
    @Linux("net/ipv4/ping.c#ping_err")
    @SuppressWarnings("ArgumentSelectionDefectChecker") // the quoted packet went the other way
    public void error(SkBuff quoted, InetError error, Cpu cpu) {
        int at = quoted.networkHeader();
        NetDevice in = quoted.dev();
        int ident = quoted.get16(quoted.transportHeader() + IDENT);
        DatagramSock s =
                in == null ? null : find(ident, Ipv4Header.destination(quoted, at), Ipv4Header.source(quoted, at), in);
        if (s != null) {
            s.error(error, cpu);
        }
    }

    private @Nullable DatagramSock find(int ident, int source, int destination, NetDevice in) {
        for (DatagramSock s : socks.all()) {
            if (s.localPort() == ident && s.matches(source, destination, in)) {
                return s;
            }
        }
        return null;
    }
}
