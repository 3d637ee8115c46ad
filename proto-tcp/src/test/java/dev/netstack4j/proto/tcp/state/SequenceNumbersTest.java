package dev.netstack4j.proto.tcp.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.doc.Proves;
import dev.netstack4j.proto.tcp.control.KeyedHash;
import dev.netstack4j.proto.tcp.net.Scripted;
import org.junit.jupiter.api.Test;

/// Where numbers begin.
class SequenceNumbersTest {
    private static final IpAddress HERE = IpAddress.parse("10.0.0.1");
    private static final IpAddress THERE = IpAddress.parse("10.0.0.2");
    private static final IpAddress ELSEWHERE = IpAddress.parse("10.0.0.3");
    private static final int PORTS = 40000 << 16 | 80;

    private final Scripted peer = new Scripted();
    private final SequenceNumbers numbers = new SequenceNumbers(new KeyedHash(1, 2), new KeyedHash(3, 4));

    private int initial(SequenceNumbers from, IpAddress remote, int ports) {
        return from.initial(HERE, remote, ports, peer.node.cpu());
    }

    @Test
    @Proves("RFC9293-MUST-8")
    void they_follow_a_clock() {
        int before = initial(numbers, THERE, PORTS);
        peer.pass(64);
        assertEquals(1_000_000, initial(numbers, THERE, PORTS) - before);
    }

    @Test
    @Proves("RFC9293-SHLD-1")
    void other_ends_begin_elsewhere() {
        int one = initial(numbers, THERE, PORTS);
        assertNotEquals(one, initial(numbers, THERE, PORTS + 1));
        assertNotEquals(one, initial(numbers, ELSEWHERE, PORTS));
    }

    @Test
    @Proves("RFC9293-MUST-9")
    void who_does_not_know_the_key_does_not_know_the_number() {
        SequenceNumbers other = new SequenceNumbers(new KeyedHash(5, 2), new KeyedHash(3, 4));
        assertNotEquals(initial(numbers, THERE, PORTS), initial(other, THERE, PORTS));
    }

    @Test
    @Proves("RFC7323-5.4-4")
    void timestamps_towards_another_peer_begin_elsewhere() {
        assertNotEquals(numbers.timestampOffset(HERE, THERE), numbers.timestampOffset(HERE, ELSEWHERE));
    }
}
