package dev.netstack4j.core.socket;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.OptionValue;
import dev.netstack4j.api.socket.PollEvents;
import dev.netstack4j.api.socket.Sock;
import jakarta.inject.Inject;

/// Sockets as files.
@Linux("net/socket.c#socket_file_ops")
final class SocketFileOperations implements FileOperations {
    private static final int FIONBIO = 0x5421;

    private static final int SIOCINQ = 0x541B;
    private static final int SIOCOUTQ = 0x5411;
    private static final int SHUT_WR = 1;

    private final SocketRuntime runtime;
    private final MessageCalls messages;

    @Inject
    SocketFileOperations(SocketRuntime runtime, MessageCalls messages) {
        this.runtime = runtime;
        this.messages = messages;
    }

    @Override
    @Linux("net/socket.c#sock_read_iter")
    public long read(OpenFile file, byte[] bytes, int offset, int length) {
        Message m = file.takeReadMessage();
        try {
            return messages.recvmsg(file, m.bytes(bytes, offset, length));
        } finally {
            file.giveReadMessage(m);
        }
    }

    @Override
    @Linux("net/socket.c#sock_write_iter")
    public long write(OpenFile file, byte[] bytes, int offset, int length) {
        Message m = file.takeWriteMessage();
        try {
            return messages.sendmsg(file, m.bytes(bytes, offset, length));
        } finally {
            file.giveWriteMessage(m);
        }
    }

    @Override
    public int poll(OpenFile file) {
        BsdSocket s = file.socket();
        if (s.isClosed()) {
            return PollEvents.NVAL;
        }
        try {
            return s.ops().poll(s.sock());
        } catch (RuntimeException | Error e) {
            runtime.contain("poll", s.sock(), e);
            return PollEvents.ERR;
        }
    }

    @Override
    public void watch(OpenFile file, Poller poller) {
        file.socket().state().addPoller(poller);
    }

    @Override
    public void unwatch(OpenFile file, Poller poller) {
        file.socket().state().removePoller(poller);
    }

    @Override
    public boolean isClosed(OpenFile file) {
        return file.socket().isClosed();
    }

    @Override
    public int ioctl(OpenFile file, int request, OptionValue value) {
        BsdSocket s = file.socket();
        if (request == FIONBIO) {
            file.nonBlocking(value.number() != 0);
            return 0;
        }
        Cpu cpu = runtime.own(s.state());
        try {
            return s.isClosed() ? Errno.EBADF.negative() : s.ops().options().ioctl(s.sock(), request, value, cpu);
        } catch (RuntimeException | Error e) {
            return runtime.contain("ioctl", s.sock(), e);
        } finally {
            runtime.disown(s.state(), cpu);
        }
    }

    @Override
    @Linux("net/socket.c#__sock_release")
    public void release(OpenFile file) {
        BsdSocket s = file.socket();
        Sock sock = s.sock();
        linger(s);
        Cpu cpu = runtime.own(s.state());
        try {
            if (s.isClosed()) {
                return; // dup raced with the last close
            }
            s.close();
            sock.orphan();
            s.state().listener(null);
            s.ops().release(sock, cpu);
        } catch (RuntimeException | Error e) {
            runtime.contain("release", sock, e);
        } finally {
            // Who waits in a call on it looks again and finds it closed.
            s.state().wake(PollEvents.IN | PollEvents.OUT | PollEvents.HUP, cpu);
            runtime.disown(s.state(), cpu);
        }
    }

    /// SO_LINGER with a time: the caller waits until the peer has acknowledged everything, at most that long. What was
    /// not read resets the connection, so then nobody waits.
    @Linux("net/core/stream.c#sk_stream_wait_close")
    private void linger(BsdSocket s) {
        int seconds = s.sock().settings().lingerSeconds;
        if (seconds <= 0 || !s.isStream() || s.isListening() || runtime.isEnding()) {
            return;
        }
        long deadline = runtime.deadline(seconds * 1_000_000_000L);
        boolean begun = false;
        while (true) {
            long ticket = s.waitQueue().ticket();
            if (!isUnacknowledged(s, !begun) || SocketRuntime.await(s.waitQueue(), ticket, deadline) != 0) {
                return;
            }
            begun = true;
        }
    }

    private boolean isUnacknowledged(BsdSocket s, boolean begin) {
        Cpu cpu = runtime.own(s.state());
        try {
            if (s.isClosed() || count(s, SIOCINQ, cpu) > 0) {
                return false;
            }
            if (begin && s.ops().shutdown(s.sock(), SHUT_WR, cpu) < 0) {
                return false;
            }
            return count(s, SIOCOUTQ, cpu) > 0;
        } catch (RuntimeException | Error e) {
            return runtime.contain("close", s.sock(), e) == 0;
        } finally {
            runtime.disown(s.state(), cpu);
        }
    }

    private static long count(BsdSocket s, int request, Cpu cpu) {
        OptionValue value = new OptionValue();
        return s.ops().options().ioctl(s.sock(), request, value, cpu) < 0 ? 0 : value.number();
    }
}
