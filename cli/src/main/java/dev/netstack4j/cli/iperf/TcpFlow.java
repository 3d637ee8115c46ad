package dev.netstack4j.cli.iperf;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.SocketOption;
import dev.netstack4j.api.socket.StreamSocket;
import dev.netstack4j.api.socket.SystemCalls;
import dev.netstack4j.api.stack.Stack;
import org.jspecify.annotations.Nullable;

/// One connection in bulk.
final class TcpFlow extends Flow {
    private static final int SOCKET = 1;

    private final SystemCalls calls;
    private final StreamSocket socket;
    private final Message message = new Message();
    private final byte[] block;
    private final boolean sends;
    private final long rate;
    private int at; // in the block that is sent
    private @Nullable Pace pace;

    TcpFlow(Stack stack, StreamSocket socket, int index, boolean sends, TestPlan plan) throws NetException {
        super(stack.runtime(), new Tally(index));
        this.calls = stack.sockets();
        this.socket = socket;
        this.sends = sends;
        this.block = new byte[plan.length()];
        this.rate = plan.rate();
        socket.option(SOCKET, SocketOption.SO_RCVTIMEO, PATIENCE_NANOS);
        socket.option(SOCKET, SocketOption.SO_SNDTIMEO, PATIENCE_NANOS);
    }

    @Override
    boolean step() throws NetException {
        return sends ? send() : receive();
    }

    private boolean send() throws NetException {
        Pace p = pace;
        if (p == null) {
            p = new Pace(runtime, rate);
            pace = p;
        }
        if (p.allows(tally.bytes)) {
            long n = calls.sendmsg(socket.fd(), message.bytes(block, at, block.length - at));
            tally.moved(NetException.check(n, "write"));
            at = (at + (int) n) % block.length;
        }
        return true;
    }

    private boolean receive() throws NetException {
        int n = socket.read(block, 0, block.length);
        tally.moved(Math.max(0, n));
        return n >= 0;
    }

    @Override
    void close() {
        socket.close();
    }
}
