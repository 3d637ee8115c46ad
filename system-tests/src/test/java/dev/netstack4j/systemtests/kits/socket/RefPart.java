package dev.netstack4j.systemtests.kits.socket;

import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.MessageFlags;
import dev.netstack4j.api.socket.OptionValue;
import dev.netstack4j.api.socket.PollEvents;
import dev.netstack4j.api.socket.ProtoOptions;
import dev.netstack4j.api.socket.Sock;
import dev.netstack4j.api.socket.SockAddress;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What both reference families share: who has which address, and the reader's side.
final class RefPart {
    static final String DEFECT = "net.reference.socket_defect";

    final DropReason closed;
    final DropReason full;
    final DropReason bad;
    final ConsumeReason read;
    private final Defect defect;
    private final Map<Integer, RefSock> datagrams = new ConcurrentHashMap<>();
    private final Map<Integer, RefSock> streams = new ConcurrentHashMap<>();

    @Inject
    RefPart(Sysctls sysctls, PacketReasons reasons) {
        defect = Defect.values()[
                sysctls.declare(DEFECT, 0, 0, 99, "what it does wrong").get()];
        closed = reasons.drop("REF_SOCKET_CLOSED", "the socket has ended");
        full = reasons.drop("REF_SOCKET_FULL", "the socket has no room");
        bad = reasons.drop("REF_SOCKET_BAD", "not a message of the reference family");
        read = reasons.consume("REF_SOCKET_READ", "read from a reference socket");
    }

    boolean is(Defect d) {
        return defect == d;
    }

    // ---- addresses

    private Map<Integer, RefSock> table(RefSock s) {
        return s.isStream() ? streams : datagrams;
    }

    @Nullable
    RefSock find(boolean stream, int port) {
        return (stream ? streams : datagrams).get(port);
    }

    static int foreign(SockAddress address) {
        return address instanceof RefAddress ? 0 : Errno.EAFNOSUPPORT.negative();
    }

    int bind(RefSock s, SockAddress address) {
        if (is(Defect.TAKES_FOREIGN) && !(address instanceof RefAddress)) {
            return 0;
        }
        if (!is(Defect.CASTS) && !(address instanceof RefAddress)) {
            return Errno.EAFNOSUPPORT.negative();
        }
        int port = ((RefAddress) address).port();
        if (s.port != 0) {
            return Errno.EINVAL.negative();
        }
        RefSock has = table(s).get(port);
        boolean free = has == null || is(Defect.SHARES_ADDRESS) || is(Defect.FEEDS_CLOSED) && has.isOrphaned();
        if (!free) {
            return Errno.EADDRINUSE.negative();
        }
        s.port = port;
        table(s).put(port, s);
        return 0;
    }

    void bindAny(RefSock s) {
        int port = 100;
        while (table(s).containsKey(port)) {
            port++;
        }
        s.port = port;
        table(s).put(port, s);
    }

    void release(RefSock s, Cpu cpu) {
        if (!is(Defect.FEEDS_CLOSED)) {
            s.closed = true;
        }
        if (!is(Defect.KEEPS_ADDRESS) && !is(Defect.FEEDS_CLOSED)) {
            table(s).remove(s.port, s);
        }
        if (!is(Defect.KEEPS_QUEUE)) {
            s.receiveQueue().dropAll(closed, cpu);
        }
    }

    @Nullable
    SockAddress name(RefSock s, boolean peer) {
        if (peer && is(Defect.HAS_ALWAYS_A_PEER)) {
            return new RefAddress(Math.max(1, s.peerPort));
        }
        int port = peer ? s.peerPort : s.port;
        return port == 0 ? null : new RefAddress(port);
    }

    // ---- errors and readiness

    int takeError(RefSock s) {
        return is(Defect.REPEATS_ERRORS) ? s.error() : s.takeError();
    }

    int poll(RefSock s, boolean in, boolean out) {
        if (is(Defect.TAKES_ERROR_IN_POLL)) {
            s.takeError();
        }
        boolean ended = (s.shutdown() & Sock.RCV_SHUTDOWN) != 0;
        boolean readable = (in || ended || is(Defect.ALWAYS_SAYS_IN)) && !is(Defect.NEVER_SAYS_IN);
        return (readable ? PollEvents.IN : 0)
                | (out || is(Defect.ALWAYS_SAYS_OUT) ? PollEvents.OUT : 0)
                | (s.error() != 0 && !is(Defect.HIDES_ERRORS) ? PollEvents.ERR : 0)
                | (s.shutdown() == Sock.SHUTDOWN_MASK ? PollEvents.HUP : 0);
    }

    int nothing(RefSock s) {
        if (is(Defect.SAYS_ZERO)) {
            return 0;
        }
        boolean ended = (s.shutdown() & Sock.RCV_SHUTDOWN) != 0;
        boolean hides = s.peerEnded ? is(Defect.NEVER_ENDS) : is(Defect.READS_AFTER_SHUTDOWN);
        return ended && !hides ? 0 : Errno.EAGAIN.negative();
    }

    static boolean peeks(Message message) {
        return message.has(MessageFlags.PEEK);
    }

    ProtoOptions options() {
        return is(Defect.TAKES_ANY_OPTION) ? new AnyOption() : ProtoOptions.NONE;
    }

    private static final class AnyOption implements ProtoOptions {
        @Override
        public int set(Sock sock, int level, int name, OptionValue value, Cpu cpu) {
            return 0;
        }
    }
}
