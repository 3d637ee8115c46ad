package dev.netstack4j.systemtests.kits.socket;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.MessageFlags;
import dev.netstack4j.api.socket.ProtoOps;
import dev.netstack4j.api.socket.ProtoOptions;
import dev.netstack4j.api.socket.Sock;
import dev.netstack4j.api.socket.SockAddress;
import dev.netstack4j.api.socket.SockRequest;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/// Reference datagrams. Right without a defect.
final class RefDatagramOps implements ProtoOps {
    private static final int MOST = 1500;

    private final RefPart part;
    private final RefFrames frames;
    private @Nullable RefSock only;

    @Inject
    RefDatagramOps(RefPart part, RefFrames frames) {
        this.part = part;
        this.frames = frames;
    }

    @Override
    public Sock create(SockRequest request) {
        RefSock made = part.is(Defect.MAKES_ONE_SOCKET) && only != null ? only : new RefSock(request, part, null);
        only = made;
        return made;
    }

    @Override
    public int bind(Sock sock, SockAddress address, Cpu cpu) {
        return part.bind((RefSock) sock, address);
    }

    @Override
    public int connect(Sock sock, SockAddress address, Cpu cpu) {
        int foreign = RefPart.foreign(address);
        if (foreign != 0) {
            return foreign;
        }
        RefSock s = (RefSock) sock;
        if (s.port == 0) {
            part.bindAny(s);
        }
        s.peerPort = ((RefAddress) address).port();
        return 0;
    }

    @Override
    public int listen(Sock sock, int backlog, Cpu cpu) {
        return part.is(Defect.LISTENS) ? 0 : Errno.EOPNOTSUPP.negative();
    }

    @Override
    public int sendmsg(Sock sock, Message message, int limit, Cpu cpu) {
        RefSock s = (RefSock) sock;
        int error = part.takeError(s);
        if (error != 0 || (s.shutdown() & Sock.SEND_SHUTDOWN) != 0) {
            return error != 0 ? -error : Errno.EPIPE.negative();
        }
        SockAddress to = message.destination();
        if (to != null && !(to instanceof RefAddress)) {
            return Errno.EAFNOSUPPORT.negative();
        }
        int port = to instanceof RefAddress a ? a.port() : s.peerPort;
        if (port == 0) {
            return Errno.EDESTADDRREQ.negative();
        }
        if (message.remaining() > MOST) {
            return tooLong();
        }
        if (s.context().writeAllocated() >= s.settings().sendBuffer && !part.is(Defect.NO_SEND_LIMIT)) {
            return Errno.EAGAIN.negative();
        }
        if (part.is(Defect.SLEEPS)) {
            sleep();
        }
        if (s.port == 0) {
            part.bindAny(s);
        }
        return frames.send(s, message, port, cpu);
    }

    private int tooLong() {
        if (part.is(Defect.THROWS_AT_LENGTH)) {
            throw new IllegalArgumentException("too long");
        }
        return Errno.EMSGSIZE.negative();
    }

    private static void sleep() {
        try {
            Thread.sleep(0, 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public int recvmsg(Sock sock, Message message, int limit, Cpu cpu) {
        RefSock s = (RefSock) sock;
        int error = part.takeError(s);
        if (error != 0) {
            return -error;
        }
        SkBuff skb = s.receiveQueue().peek();
        if (skb == null) {
            return part.nothing(s);
        }
        int length = skb.length();
        int moved = message.copyFrom(skb, 0, length);
        if (moved < length && !part.is(Defect.HIDES_THE_CUT)) {
            message.addResultFlag(MessageFlags.TRUNC);
        }
        if (!RefPart.peeks(message) || part.is(Defect.TAKES_PEEKED)) {
            take(s, skb, moved, cpu);
        }
        return message.has(MessageFlags.TRUNC) ? length : moved;
    }

    private void take(RefSock s, SkBuff skb, int moved, Cpu cpu) {
        if (part.is(Defect.KEEPS_THE_REST) && moved < skb.length()) {
            skb.pull(moved);
            return;
        }
        s.receiveQueue().unlink(skb);
        skb.consume(part.read, cpu);
    }

    @Override
    public int poll(Sock sock) {
        RefSock s = (RefSock) sock;
        if (part.is(Defect.LOOKS_AND_TAKES) && !s.receiveQueue().isEmpty()) {
            s.lookedAt = s.receiveQueue().poll();
        }
        boolean room = s.context().writeAllocated() * 2L <= s.settings().sendBuffer;
        return part.poll(s, !s.receiveQueue().isEmpty() || s.lookedAt != null, room);
    }

    @Override
    public int shutdown(Sock sock, int how, Cpu cpu) {
        if (((RefSock) sock).peerPort == 0) {
            return Errno.ENOTCONN.negative();
        }
        sock.addShutdown(how == 2 ? Sock.SHUTDOWN_MASK : how + 1);
        sock.stateChange(cpu);
        return 0;
    }

    @Override
    public void release(Sock sock, Cpu cpu) {
        part.release((RefSock) sock, cpu);
    }

    @Override
    public @Nullable SockAddress name(Sock sock, boolean peer) {
        return part.name((RefSock) sock, peer);
    }

    @Override
    public ProtoOptions options() {
        return part.options();
    }
}
