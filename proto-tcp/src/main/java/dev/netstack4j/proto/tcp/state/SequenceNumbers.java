package dev.netstack4j.proto.tcp.state;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.control.KeyedHash;

/// Initial sequence numbers and timestamp offsets: a clock plus a keyed hash of both ends.
@Rfc("6528#3")
@Linux("net/core/secure_seq.c#secure_tcp_seq")
public final class SequenceNumbers {
    private final KeyedHash isnHash;
    private final KeyedHash offsetHash;

    /// One per stack.
    public SequenceNumbers(KeyedHash isnHash, KeyedHash offsetHash) {
        this.isnHash = isnHash;
        this.offsetHash = offsetHash;
    }

    /// The initial sequence number of a connection; the clock ticks every 64 ns.
    public int initial(IpAddress local, IpAddress remote, int ports, Cpu cpu) {
        return (int) isnHash.of(local, remote, ports) + (int) (cpu.nowNanos() >> 6);
    }

    /// What is added to the clock in timestamps towards a peer; the same for all ports, so that TIME-WAIT can be left
    /// by timestamp.
    public int timestampOffset(IpAddress local, IpAddress remote) {
        return (int) offsetHash.of(local, remote, 0);
    }
}
