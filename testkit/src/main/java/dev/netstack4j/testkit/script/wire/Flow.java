package dev.netstack4j.testkit.script.wire;

/// One conversation between the host and an address: what is known of its ports and sequence numbers.
final class Flow {
    static final int UNKNOWN = -1;
    static final long FIRST_PEER_SEQUENCE = 1_000_000;

    final String name;
    final int protocol;
    long hostIp;
    long peerIp;
    int hostPort = UNKNOWN;
    int peerPort = UNKNOWN;
    /// Sequence number that the peer's positions are counted from.
    long peerStart = FIRST_PEER_SEQUENCE;
    /// The same of the host; [#UNKNOWN] until its SYN was seen.
    long hostStart = UNKNOWN;
    long hostTimestamp;

    Flow(String name, int protocol, long hostIp, long peerIp) {
        this.name = name;
        this.protocol = protocol;
        this.hostIp = hostIp;
        this.peerIp = peerIp;
    }

    long hostBase() {
        return hostStart == UNKNOWN ? 0 : hostStart;
    }

    boolean isBetween(long host, int hPort, long peer, int pPort) {
        return hostIp == host && peerIp == peer && hostPort == hPort && peerPort == pPort;
    }
}
