package dev.netstack4j.testkit.kit.socket;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.MessageFlags;
import dev.netstack4j.api.socket.PollEvents;
import dev.netstack4j.api.socket.Sock;
import dev.netstack4j.api.socket.SockAddress;
import java.util.Arrays;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// One socket, with the kit in core's place: each call is one stretch on a CPU under ownership.
final class Endpoint {
    static final int AGAIN = Errno.EAGAIN.negative();
    static final int STRETCH = 64 * 1024;
    private static final int MOST_ERRNO = 4095;
    private static final int MOST_BYTES = 70_000;

    final SocketHost host;
    final Sock sock;
    private boolean released;

    Endpoint(SocketHost host, Sock sock) {
        this.host = host;
        this.sock = sock;
        host.trial.atEnd(() -> {
            if (!released && sock.context().isOwned()) {
                return; // somebody keeps it: a failure already
            }
            release();
        });
    }

    // ---- stretches

    private int stretch(String what, ToIntFunction<Cpu> body) {
        int[] result = new int[1];
        host.onCpu(cpu -> result[0] = stretchOn(cpu, what, body));
        return result[0];
    }

    int stretchOn(Cpu cpu, String what, ToIntFunction<Cpu> body) {
        own(cpu);
        try {
            return checked(cpu, what, body);
        } finally {
            disown(cpu);
        }
    }

    /// Calls a method of the protocol; the socket is owned.
    private int checked(Cpu cpu, String what, ToIntFunction<Cpu> body) {
        int result = body.applyAsInt(cpu);
        host.trial.event("%s: %s", what, result);
        host.trial.check(sock.context().isOwned(), what + " gave the ownership away that its caller has");
        host.trial.check(result >= -MOST_ERRNO, what + " returned " + result + ", which is no error");
        return result;
    }

    void own(Cpu cpu) {
        if (!sock.context().tryOwn(cpu)) {
            throw new AssertionError("the socket is owned, and nobody is in a call on it");
        }
    }

    void disown(Cpu cpu) {
        if (sock.context().isOwned()) {
            sock.context().release(cpu);
        }
    }

    // ---- calls

    int bind(SockAddress address) {
        return stretch("bind " + address, cpu -> host.ops.bind(sock, address, cpu));
    }

    int connect(SockAddress address) {
        return stretch("connect " + address, cpu -> host.ops.connect(sock, address, cpu));
    }

    int listen(int backlog) {
        return stretch("listen " + backlog, cpu -> host.ops.listen(sock, backlog, cpu));
    }

    @Nullable
    Endpoint accept() {
        @Nullable Sock[] taken = new @Nullable Sock[1];
        stretch("accept", cpu -> {
            taken[0] = host.ops.accept(sock, cpu);
            return taken[0] == null ? AGAIN : 0;
        });
        Sock child = taken[0];
        return child == null ? null : new Endpoint(host, child);
    }

    int send(byte[] bytes, @Nullable SockAddress to) {
        return send(bytes, to, STRETCH);
    }

    int send(byte[] bytes, @Nullable SockAddress to, int limit) {
        int[] result = new int[1];
        host.onCpu(cpu -> {
            own(cpu);
            try {
                result[0] = sendOwned(cpu, bytes, to, limit);
            } finally {
                disown(cpu);
            }
        });
        return result[0];
    }

    /// Sends; the socket is owned.
    int sendOwned(Cpu cpu, byte[] bytes, @Nullable SockAddress to, int limit) {
        Message m = new Message().bytes(bytes, 0, bytes.length).to(to);
        int n = checked(cpu, "sendmsg of " + bytes.length + " bytes", c -> host.ops.sendmsg(sock, m, limit, c));
        host.trial.check(
                n < 0 || n == m.done(), "sendmsg returned " + n + ", but took " + m.done() + " bytes of the message");
        return n;
    }

    /// What a receive call gave.
    ///
    /// @param result as the protocol returned it
    /// @param bytes  that it moved
    /// @param flags  of the result
    record Got(int result, byte[] bytes, int flags) {}

    Got receive(int room, int flags, int limit) {
        byte[] into = new byte[room];
        Message m = new Message().bytes(into, 0, room).flags(flags);
        int n = stretch("recvmsg into " + room + " bytes", cpu -> host.ops.recvmsg(sock, m, limit, cpu));
        boolean realLength = (flags & MessageFlags.TRUNC) != 0;
        host.trial.check(
                n < 0 || realLength || n == m.done(), "recvmsg returned " + n + ", but moved " + m.done() + " bytes");
        return new Got(n, Arrays.copyOf(into, (int) m.done()), m.resultFlags());
    }

    Got receive() {
        return receive(MOST_BYTES, 0, STRETCH);
    }

    int shutdown(int how) {
        return stretch("shutdown " + how, cpu -> host.ops.shutdown(sock, how, cpu));
    }

    /// Sets a pending error as a protocol does.
    void fail(Errno errno) {
        stretch("error " + errno, cpu -> {
            sock.error(errno.code(), cpu);
            return 0;
        });
    }

    int poll() {
        int bits = host.ops.poll(sock);
        host.trial.event("poll: 0x%x", bits);
        return bits;
    }

    boolean says(int bits) {
        return (poll() & bits) != 0;
    }

    boolean isReadable() {
        return says(PollEvents.IN);
    }

    @Nullable
    SockAddress name(boolean peer) {
        @Nullable SockAddress[] name = new @Nullable SockAddress[1];
        stretch("name", cpu -> {
            name[0] = host.ops.name(sock, peer);
            return 0;
        });
        return name[0];
    }

    /// The last descriptor is closed.
    void release() {
        host.onCpu(this::releaseOn);
    }

    void releaseOn(Cpu cpu) {
        if (released) {
            return;
        }
        released = true;
        stretchOn(cpu, "release", c -> {
            sock.orphan();
            sock.context().listener(null);
            host.ops.release(sock, c);
            sock.context().wake(PollEvents.IN | PollEvents.OUT | PollEvents.HUP, c);
            return 0;
        });
    }
}
