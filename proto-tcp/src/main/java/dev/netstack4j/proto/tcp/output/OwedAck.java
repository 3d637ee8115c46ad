package dev.netstack4j.proto.tcp.output;

import dev.netstack4j.proto.tcp.control.ReceiveVars;

/// The acknowledgement that the peer is owed, and how soon. Whoever sees a reason says so here; sending settles it.
public final class OwedAck {
    private OwedAck() {}

    /// One is owed; it may wait for more data or for an answer.
    public static void some(ReceiveVars rcv) {
        rcv.ackPending = true;
    }

    /// One is owed at once.
    public static void atOnce(ReceiveVars rcv) {
        rcv.ackPending = true;
        rcv.ackNow = true;
    }

    /// Data came twice: the next one reports it.
    public static void duplicate(ReceiveVars rcv) {
        rcv.duplicatePending = true;
    }

    /// The duplicate was reported.
    static void duplicateReported(ReceiveVars rcv) {
        rcv.duplicatePending = false;
    }

    /// At least `count` of the next ones go out at once.
    public static void quick(ReceiveVars rcv, int count) {
        rcv.quickAcks = Math.max(rcv.quickAcks, count);
    }

    /// Whether the application answers what it reads, so that acknowledgements may ride on its answers.
    public static void rideOnAnswers(ReceiveVars rcv, boolean may) {
        rcv.pingPong = may;
    }

    /// One was sent.
    static void sent(ReceiveVars rcv) {
        if (rcv.quickAcks > 0) {
            rcv.quickAcks--;
        }
        rcv.ackPending = false;
        rcv.ackNow = false;
    }
}
