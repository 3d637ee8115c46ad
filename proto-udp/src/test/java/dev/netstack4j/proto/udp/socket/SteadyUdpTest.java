package dev.netstack4j.proto.udp.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.proto.udp.demux.UdpSock;
import dev.netstack4j.proto.udp.input.UdpProtocol;
import dev.netstack4j.proto.udp.rig.Rig;
import org.junit.jupiter.api.Test;

/// A loop that sends and receives makes no garbage of its own.
@Mechanism("A13")
class SteadyUdpTest {
    /// What the fake socket context makes for each charge.
    private static final int FAKE_CHARGES = 2 * 64;

    private final Rig rig = new Rig();
    private final UdpSock sock = rig.connected("10.0.0.1", 53, "10.0.0.2", 5000);
    private final byte[] data = new byte[100];
    private final Message sending = new Message();
    private final Message receiving = new Message();
    private final byte[] datagram = Rig.datagram("10.0.0.2", 5000, "10.0.0.1", 53, data);

    @Test
    void sendingAndReceivingAllocatesNothing() {
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        exchange(50_000);
        long before = threads.getCurrentThreadAllocatedBytes();
        int made = rig.host.pool().made();
        exchange(10_000);
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertEquals(made, rig.host.pool().made());
        assertTrue(bytes <= 10_000L * FAKE_CHARGES, "allocated " + bytes + " bytes for 10000 exchanges");
        rig.ops.release(sock, rig.cpu());
        rig.host.assertNoLeak();
    }

    private void exchange(int times) {
        for (int i = 0; i < times; i++) {
            assertEquals(100, rig.ops.sendmsg(sock, sending.bytes(data, 0, 100), 0, rig.cpu()));
            SkBuff sent = rig.network.sent.poll();
            if (sent != null) {
                rig.done(sent);
            }
            receive();
            assertEquals(100, rig.ops.recvmsg(sock, receiving.bytes(data, 0, 100), 0, rig.cpu()));
        }
    }

    private void receive() {
        SkBuff skb = rig.host.pool().alloc(300, rig.cpu());
        if (skb == null) {
            throw new AssertionError("no memory");
        }
        skb.dev(rig.eth0);
        skb.reserve(64);
        skb.resetNetworkHeader();
        skb.write(skb.put(datagram.length), datagram, 0, datagram.length);
        skb.pull(20);
        skb.resetTransportHeader();
        rig.get(UdpProtocol.class).receive(skb, rig.cpu());
    }
}
