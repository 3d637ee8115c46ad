package dev.netstack4j.core.socket;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Timer;
import dev.netstack4j.api.socket.Sock;
import dev.netstack4j.api.socket.SockRequest;
import java.util.ArrayDeque;
import java.util.Deque;

/// One end of a pipe, or a listener.
final class PipeSock extends Sock {
    static final int PEER_ENDED = 1;
    static final int CONNECTED = 2;

    final Deque<PipeSock> accepting = new ArrayDeque<>();
    PipeSock peer;
    String name = "";
    String wanted = "";
    boolean connected;
    Timer connecting;
    int backlogged;

    PipeSock(SockRequest request) {
        super(request);
    }

    void take(SkBuff skb, Cpu cpu) {
        receiveQueue().addTail(skb);
        dataReady(cpu);
    }

    @Override
    public void backlogReceive(SkBuff skb, Cpu cpu) {
        backlogged++;
        if (name.equals("throws")) {
            throw new IllegalStateException("as asked");
        }
        take(skb, cpu);
    }

    @Override
    public void deferred(int bits, Cpu cpu) {
        if ((bits & PEER_ENDED) != 0) {
            addShutdown(RCV_SHUTDOWN);
            dataReady(cpu);
        }
        if ((bits & CONNECTED) != 0) {
            connected = true;
            stateChange(cpu);
        }
    }
}
