package dev.netstack4j.testkit.script.wire;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.testkit.script.model.Layer;
import dev.netstack4j.testkit.script.model.Setup;
import dev.netstack4j.testkit.script.model.TcpOption;
import dev.netstack4j.testkit.script.model.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What both sides of a script know of each other: addresses, ports, where sequence numbers begin, and the packets
/// sent last.
public final class Conversation {
    /// The peer's station address.
    public static final long PEER_MAC = 0x0200_0000_0002L;

    private static final int SYN = 2;

    final long hostMac;
    final long hostIp;
    final long peerIp;
    private final boolean checksPattern;
    private final List<Flow> flows = new ArrayList<>();
    private byte[] lastIn = {};
    private byte[] lastOut = {};
    private int nextId = 1;

    /// @param hostMac       the stack's station address
    /// @param checksPattern whether payload of which the length is said must be the pattern
    public Conversation(Setup setup, long hostMac, boolean checksPattern) {
        this.hostMac = hostMac;
        this.checksPattern = checksPattern;
        hostIp = bits(setup.host().substring(0, setup.host().indexOf('/')));
        peerIp = bits(setup.peer());
    }

    private static long bits(String address) {
        return IpAddress.parse(address).v4Bits() & 0xFFFF_FFFFL;
    }

    boolean checksPattern() {
        return checksPattern;
    }

    int nextId() {
        return nextId++ & 0xFFFF;
    }

    /// The flow that a layer speaks of; made when it is the first to do so.
    Flow flow(Layer layer) {
        int protocol = Protocols.number(layer.kind());
        for (Flow f : flows) {
            if (f.protocol == protocol && f.name.equals(layer.flow())) {
                return f;
            }
        }
        Flow made = new Flow(layer.flow(), protocol, hostIp, peerIp);
        flows.add(made);
        return made;
    }

    /// The flow made last between two ports; null when there is none.
    @Nullable
    Flow find(int protocol, long host, int hostPort, long peer, int peerPort) {
        for (int i = flows.size() - 1; i >= 0; i--) {
            Flow f = flows.get(i);
            if (f.protocol == protocol && f.isBetween(host, hostPort, peer, peerPort)) {
                return f;
            }
        }
        return null;
    }

    // ---- what was sent

    /// Notes a frame of the peer.
    public void sentIn(byte[] frame) {
        lastIn = frame;
    }

    /// Notes a frame of the host.
    public void sentOut(byte[] frame) {
        lastOut = frame;
    }

    byte[] lastIn() {
        return lastIn;
    }

    byte[] lastOut() {
        return lastOut;
    }

    /// Notes what a TCP segment of the host tells about its flow.
    void learn(Flow flow, Layer tcp) {
        if (tcp.get("flags") instanceof Value.Flags f
                && (f.set() & SYN) != 0
                && flow.hostStart == Flow.UNKNOWN
                && tcp.get("seq") instanceof Value.Absolute a) {
            flow.hostStart = a.value();
        }
        if (tcp.get("options") instanceof Value.Options o) {
            for (TcpOption option : o.list()) {
                if (option.kind() == TcpOption.TS && option.numbers().getFirst() instanceof Value.Exact n) {
                    flow.hostTimestamp = n.value();
                }
            }
        }
    }
}
