package dev.netstack4j.proto.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.MessageFlags;
import dev.netstack4j.api.socket.SocketOption;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpState;
import dev.netstack4j.proto.tcp.net.Node;
import dev.netstack4j.proto.tcp.net.Scripted;
import org.junit.jupiter.api.Test;

/// A connection is opened while there is no memory for its SYN or SYN-ACK: nothing would ever send one later.
class NoMemoryTest {
    private static final IpAddress SERVER = IpAddress.parse("10.0.0.2");
    private static final int PORT = 80;

    private final Scripted peer = new Scripted();
    private final Node node = peer.node;

    private int sendEarly(TcpSock s) {
        Message data = new Message()
                .bytes(new byte[100], 0, 100)
                .flags(MessageFlags.FASTOPEN)
                .to(InetSockAddress.of(SERVER, PORT));
        s.context().tryOwn(node.cpu());
        int result = node.ops.sendmsg(s, data, 1 << 16, node.cpu());
        s.context().release(node.cpu());
        return result;
    }

    private void refused(TcpSock s, int result) {
        assertEquals(Errno.ENOBUFS.negative(), result);
        assertEquals(TcpState.CLOSED, s.state());
        node.host.pool().failEvery(0);
        assertEquals(0, node.tcp.memory().bytes());
        assertEquals(Errno.EINPROGRESS.negative(), node.connect(s, SERVER, PORT));
        node.close(s);
        peer.noLeak();
    }

    @Test
    void connect_fails_at_once_and_may_be_tried_again() {
        TcpSock s = node.socket();
        node.host.pool().failEvery(1);
        refused(s, node.connect(s, SERVER, PORT));
    }

    @Test
    void data_for_the_syn_is_given_back_when_there_is_none_for_the_syn_itself() {
        TcpSock s = node.socket();
        assertEquals(0, node.option(s, SocketOption.TCP_FASTOPEN_NO_COOKIE, 1));
        node.host.pool().failEvery(2); // the data is the first packet, the SYN the second
        refused(s, sendEarly(s));
    }

    @Test
    void an_early_connection_whose_syn_ack_cannot_be_made_is_forgotten_and_the_next_syn_opens_one() {
        peer.setting("net.ipv4.tcp_fastopen", 2);
        TcpSock listener = node.listen(PORT, 5);
        assertEquals(0, node.option(listener, SocketOption.TCP_FASTOPEN, 1));
        assertEquals(0, node.option(listener, SocketOption.TCP_FASTOPEN_NO_COOKIE, 1));
        node.host.pool().failEvery(2); // the SYN is the first packet, its answer the second
        peer.synOptions(1000, -1).in("S", 0, 0, 100).expectNothing();
        node.host.pool().failEvery(0);
        assertNull(node.accept(listener));
        assertEquals(0, node.tcp.memory().bytes());
        peer.in("S", 0, 0, 100).expect("SA", 0, 101, 0);
        TcpSock s = node.accept(listener);
        assertNotNull(s);
        assertEquals(100, node.read(s, new byte[200], 0));
        node.close(s);
        peer.in("R", 101, 0, 0).pass(1000);
        node.close(listener);
        peer.noLeak();
    }
}
