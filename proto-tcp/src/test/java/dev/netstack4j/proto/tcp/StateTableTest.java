package dev.netstack4j.proto.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.net.Scripted;
import dev.netstack4j.proto.tcp.net.Segment;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each state with each kind of segment: the state after it, and what was answered.
@Mechanism({"C18", "C33", "C36"})
class StateTableTest {
    private final Scripted peer = new Scripted();
    private @Nullable TcpSock sock;
    private @Nullable TcpSock listener;
    private int next = 1;
    private int una = 1;

    private TcpSock sock() {
        TcpSock s = sock;
        assertNotNull(s);
        return s;
    }

    private void reach(String state) {
        switch (state) {
            case "CLOSED" -> {}
            case "LISTEN" -> sock = peer.node.listen(80, 4);
            case "SYN_SENT" -> {
                sock = peer.connecting();
                next = 0;
            }
            case "SYN_RECEIVED" -> {
                sock = peer.connecting();
                peer.synOptions(1000, -1).in("S", 0, 0, 0);
                peer.options = new byte[0];
                peer.expect("SA", 0, 1, 0);
            }
            case "HALF_OPEN" -> {
                listener = peer.node.listen(80, 4);
                sock = listener;
                peer.synOptions(1000, -1).in("S", 0, 0, 0);
                peer.options = new byte[0];
                peer.expect("SA", 0, 1, 0);
            }
            case "ESTABLISHED" -> sock = peer.connected();
            case "FIN_WAIT1" -> finWait1();
            case "FIN_WAIT2" -> {
                finWait1();
                peer.in("A", 1, 2, 0);
            }
            case "CLOSING" -> {
                finWait1();
                peer.in("FA", 1, 1, 0).skip();
                next = 2;
                una = 1;
            }
            case "TIME_WAIT" -> {
                finWait1();
                peer.in("FA", 1, 2, 0).skip();
                next = 2;
            }
            case "CLOSE_WAIT" -> {
                sock = peer.connected();
                peer.in("FA", 1, 1, 0).skip();
                next = 2;
            }
            case "LAST_ACK" -> {
                sock = peer.connected();
                peer.in("FA", 1, 1, 0).skip();
                peer.node.shutdown(sock, 1);
                peer.skip();
                next = 2;
                una = 1;
            }
            default -> throw new IllegalArgumentException(state);
        }
    }

    private void finWait1() {
        sock = peer.connected();
        peer.node.shutdown(sock, 1);
        peer.expect("FA", 1, 1, 0);
        una = 2;
    }

    private String state() {
        return sock == null ? "CLOSED" : sock().state().name();
    }

    private String answer() {
        Segment s = peer.next();
        if (s == null) {
            return "-";
        }
        String all = s.toString();
        return all.substring(all.indexOf(' ') + 1, all.indexOf(" seq"));
    }

    /// `where` is relative to what the host expects next; ack is relative to what it would acknowledge at most.
    @ParameterizedTest(name = "{0}: {1} at {2} with ack {3} and {4} bytes -> {5}, {6}")
    @CsvSource({
        "CLOSED,S,0,0,0,CLOSED,RA",
        "CLOSED,A,0,0,10,CLOSED,R",
        "CLOSED,R,0,0,0,CLOSED,-",
        "CLOSED,SA,0,0,0,CLOSED,R",
        "CLOSED,FA,0,0,0,CLOSED,R",
        "LISTEN,S,0,0,0,LISTEN,SA",
        "LISTEN,A,0,0,0,LISTEN,R",
        "LISTEN,SA,0,0,0,LISTEN,R",
        "LISTEN,R,0,0,0,LISTEN,-",
        "LISTEN,F,0,0,0,LISTEN,-",
        "LISTEN,SF,0,0,0,LISTEN,-",
        "SYN_SENT,S,0,0,0,SYN_RECEIVED,SA",
        "SYN_SENT,SA,0,0,0,ESTABLISHED,A",
        "SYN_SENT,SA,0,-1,0,SYN_SENT,R",
        "SYN_SENT,SA,0,1,0,SYN_SENT,R",
        "SYN_SENT,A,0,0,0,SYN_SENT,-",
        "SYN_SENT,A,0,1,0,SYN_SENT,R",
        "SYN_SENT,R,0,0,0,SYN_SENT,-",
        "SYN_SENT,RA,0,0,0,CLOSED,-",
        "SYN_SENT,RA,0,1,0,SYN_SENT,-",
        "SYN_SENT,FA,0,0,0,SYN_SENT,-",
        "SYN_RECEIVED,A,0,0,0,ESTABLISHED,-",
        "SYN_RECEIVED,A,0,1,0,SYN_RECEIVED,R",
        "SYN_RECEIVED,A,0,-1,0,SYN_RECEIVED,R",
        "SYN_RECEIVED,SA,-1,0,0,ESTABLISHED,A",
        "SYN_RECEIVED,S,-1,0,0,SYN_RECEIVED,A",
        "SYN_RECEIVED,R,0,0,0,CLOSED,-",
        "SYN_RECEIVED,R,100,0,0,SYN_RECEIVED,A",
        "SYN_RECEIVED,R,-100,0,0,SYN_RECEIVED,-",
        "SYN_RECEIVED,FA,0,0,0,CLOSE_WAIT,A",
        "SYN_RECEIVED,A,0,0,10,ESTABLISHED,A",
        "HALF_OPEN,S,-1,0,0,LISTEN,SA",
        "HALF_OPEN,A,0,0,0,LISTEN,-",
        "HALF_OPEN,A,0,1,0,LISTEN,R",
        "HALF_OPEN,A,0,-1,0,LISTEN,R",
        "HALF_OPEN,R,0,0,0,LISTEN,-",
        "HALF_OPEN,S,5,0,0,LISTEN,RA",
        "HALF_OPEN,A,100000,0,0,LISTEN,A",
        "HALF_OPEN,FA,0,0,0,LISTEN,A",
        "ESTABLISHED,S,0,0,0,ESTABLISHED,A",
        "ESTABLISHED,S,-10,0,0,ESTABLISHED,A",
        "ESTABLISHED,SA,0,0,0,ESTABLISHED,A",
        "ESTABLISHED,S,1000000,0,0,ESTABLISHED,A",
        "ESTABLISHED,R,0,0,0,CLOSED,-",
        "ESTABLISHED,RA,0,0,0,CLOSED,-",
        "ESTABLISHED,R,10,0,0,ESTABLISHED,A",
        "ESTABLISHED,R,-10,0,0,ESTABLISHED,-",
        "ESTABLISHED,R,1000000,0,0,ESTABLISHED,-",
        "ESTABLISHED,A,0,0,0,ESTABLISHED,-",
        "ESTABLISHED,A,0,1,0,ESTABLISHED,A",
        "ESTABLISHED,A,0,-100000,0,ESTABLISHED,A",
        "ESTABLISHED,A,0,0,10,ESTABLISHED,A",
        "ESTABLISHED,A,-10,0,10,ESTABLISHED,A",
        "ESTABLISHED,A,-5,0,10,ESTABLISHED,A",
        "ESTABLISHED,A,10,0,10,ESTABLISHED,A",
        "ESTABLISHED,A,1000000,0,10,ESTABLISHED,A",
        "ESTABLISHED,P,0,0,10,ESTABLISHED,-",
        "ESTABLISHED,FA,0,0,0,CLOSE_WAIT,A",
        "ESTABLISHED,FA,0,0,10,CLOSE_WAIT,-",
        "ESTABLISHED,FA,10,0,0,ESTABLISHED,A",
        "ESTABLISHED,FA,-20,0,0,ESTABLISHED,A",
        "FIN_WAIT1,A,0,0,0,FIN_WAIT2,-",
        "FIN_WAIT1,A,0,-1,0,FIN_WAIT1,-",
        "FIN_WAIT1,A,0,1,0,FIN_WAIT1,A",
        "FIN_WAIT1,FA,0,-1,0,CLOSING,A",
        "FIN_WAIT1,FA,0,0,0,CLOSED,A",
        "FIN_WAIT1,A,0,-1,10,FIN_WAIT1,A",
        "FIN_WAIT1,A,0,0,10,FIN_WAIT2,A",
        "FIN_WAIT1,R,0,0,0,CLOSED,-",
        "FIN_WAIT1,R,10,0,0,FIN_WAIT1,A",
        "FIN_WAIT1,S,0,0,0,FIN_WAIT1,A",
        "FIN_WAIT2,A,0,0,10,FIN_WAIT2,A",
        "FIN_WAIT2,A,0,0,0,FIN_WAIT2,-",
        "FIN_WAIT2,FA,0,0,0,CLOSED,A",
        "FIN_WAIT2,FA,0,0,10,CLOSED,A",
        "FIN_WAIT2,R,0,0,0,CLOSED,-",
        "FIN_WAIT2,S,0,0,0,FIN_WAIT2,A",
        "FIN_WAIT2,A,1000000,0,10,FIN_WAIT2,A",
        "CLOSING,A,0,1,0,CLOSED,-",
        "CLOSING,A,0,0,0,CLOSING,-",
        "CLOSING,FA,-1,0,0,CLOSING,A",
        "CLOSING,R,0,0,0,CLOSED,-",
        "CLOSING,R,10,0,0,CLOSING,A",
        "CLOSING,S,0,0,0,CLOSING,A",
        "CLOSING,A,0,2,0,CLOSING,A",
        "CLOSE_WAIT,A,0,0,0,CLOSE_WAIT,-",
        "CLOSE_WAIT,FA,-1,0,0,CLOSE_WAIT,A",
        "CLOSE_WAIT,R,0,0,0,CLOSED,-",
        "CLOSE_WAIT,R,10,0,0,CLOSE_WAIT,A",
        "CLOSE_WAIT,S,0,0,0,CLOSE_WAIT,A",
        "CLOSE_WAIT,A,0,1,0,CLOSE_WAIT,A",
        "LAST_ACK,A,0,1,0,CLOSED,-",
        "LAST_ACK,A,0,0,0,LAST_ACK,-",
        "LAST_ACK,FA,-1,0,0,LAST_ACK,A",
        "LAST_ACK,R,0,0,0,CLOSED,-",
        "LAST_ACK,R,10,0,0,LAST_ACK,A",
        "LAST_ACK,S,0,0,0,LAST_ACK,A",
        "TIME_WAIT,A,0,0,0,CLOSED,-",
        "TIME_WAIT,FA,-1,0,0,CLOSED,A",
        "TIME_WAIT,A,-10,0,10,CLOSED,A",
        "TIME_WAIT,R,0,0,0,CLOSED,-",
        "TIME_WAIT,R,10,0,0,CLOSED,-",
        "TIME_WAIT,S,-10,0,0,CLOSED,A"
    })
    void a_segment_in_a_state(String state, String flags, int where, int ack, int length, String after, String answer) {
        reach(state);
        peer.skip();
        if (flags.contains("S")) {
            peer.synOptions(1000, -1);
        }
        peer.in(flags, next + where, una + ack, length);
        assertEquals(after, state());
        assertEquals(answer, answer());
        if (sock != null) {
            peer.node.close(sock());
        }
        peer.pass(2_000_000);
        peer.noLeak();
    }
}
