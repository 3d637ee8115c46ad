package dev.netstack4j.proto.tcp.output;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.MessageFlags;
import dev.netstack4j.proto.tcp.control.SendVars;
import dev.netstack4j.proto.tcp.control.StackMemory;
import dev.netstack4j.proto.tcp.control.TcpReasons;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpSysctls;
import dev.netstack4j.proto.tcp.header.SegmentControl;
import dev.netstack4j.proto.tcp.header.Seq;
import dev.netstack4j.proto.tcp.header.TcpFlags;
import dev.netstack4j.proto.tcp.header.TcpHeader;
import dev.netstack4j.proto.tcp.recovery.RetransmitQueue;
import org.jspecify.annotations.Nullable;

/// Copies the user's bytes, once, into segments of full size with room for every header.
@Linux("net/ipv4/tcp.c#tcp_sendmsg_locked")
public final class SendBuffer {
    private static final int MOST_OPTIONS = TcpHeader.MAX_LENGTH - TcpHeader.LENGTH;
    private static final int LEAST_BUFFER = 4608;
    private final Transmitter transmitter;
    private final WriteLoop loop;
    private final SegmentSize sizes;
    private final StackMemory memory;
    private final TcpSysctls sysctls;
    private final TcpReasons reasons;

    /// One per stack.
    public SendBuffer(
            Transmitter transmitter,
            WriteLoop loop,
            SegmentSize sizes,
            StackMemory memory,
            TcpSysctls sysctls,
            TcpReasons reasons) {
        this.transmitter = transmitter;
        this.loop = loop;
        this.sizes = sizes;
        this.memory = memory;
        this.sysctls = sysctls;
        this.reasons = reasons;
    }

    /// Takes up to `limit` bytes and sends what may be sent.
    ///
    /// @return bytes taken; EAGAIN when there is no room, ENOBUFS when there is no memory and none will come back by
    ///     itself
    public int append(TcpSock sock, Message message, int limit, Cpu cpu) {
        int goal = sizes.goal(sock);
        int taken = 0;
        int wanted = (int) Math.min(limit, message.remaining());
        while (taken < wanted) {
            SkBuff tail = tailWithRoom(sock, goal, wanted - taken, cpu);
            if (tail == null) {
                break;
            }
            int most = Math.min(room(sock, tail, goal), wanted - taken);
            taken += fill(sock, tail, message, most);
            if (room(sock, tail, goal) == 0 && mustPush(sock.snd)) {
                markPush(sock.snd, tail);
                loop.push(sock, WriteLoop.Nagle.OFF, cpu);
            }
        }
        finish(sock, message, taken, cpu);
        return taken == 0 && wanted > 0 ? noRoom(sock) : taken;
    }

    /// Takes the bytes that a SYN can carry: a segment less all the room that options may take.
    ///
    /// @return null without memory, or when there is nothing to take
    @Linux("net/ipv4/tcp_output.c#tcp_send_syn_data")
    public @Nullable SkBuff first(TcpSock sock, Message message, Cpu cpu) {
        int space = (int) Math.min(sock.snd.mss - MOST_OPTIONS, message.remaining());
        SkBuff skb = space <= 0 ? null : transmitter.allocate(sock, space, cpu);
        if (skb != null) {
            int n = message.copyTo(skb.memory(), skb.addressOf(skb.put(space)), space);
            SegmentControl.seq(skb, sock.snd.isn);
            SegmentControl.endSeq(skb, sock.snd.isn + 1 + n);
        }
        return skb;
    }

    private void finish(TcpSock sock, Message message, int taken, Cpu cpu) {
        boolean more = message.has(MessageFlags.MORE);
        SkBuff tail = sock.snd.queue.peekTail();
        if (taken > 0 && tail != null) {
            if (message.has(MessageFlags.OOB) && message.remaining() == 0) {
                sock.snd.urgentMode = true;
                sock.snd.urgentSeq = sock.snd.writeSeq;
            }
            if (!more) {
                markPush(sock.snd, tail);
            }
        }
        loop.push(sock, more ? WriteLoop.Nagle.CORK : WriteLoop.Nagle.AS_SET, cpu);
    }

    private int noRoom(TcpSock sock) {
        boolean memoryShort = sock.snd.queuedTruesize < sock.settings().sendBuffer;
        wantSpace(sock);
        boolean nothingQueued = sock.snd.queue.isEmpty() && sock.snd.retransmit.isEmpty();
        return (memoryShort && nothingQueued ? Errno.ENOBUFS : Errno.EAGAIN).negative();
    }

    /// The last segment when bytes fit in it, otherwise a new one; null without room or memory.
    private @Nullable SkBuff tailWithRoom(TcpSock sock, int goal, int wanted, Cpu cpu) {
        SkBuff tail = sock.snd.queue.peekTail();
        if (tail != null && room(sock, tail, goal) > 0) {
            return tail;
        }
        if (sock.snd.queuedTruesize >= sock.settings().sendBuffer || !isBelowLowWater(sock, 0)) {
            return null;
        }
        if (memory.isFull() && sock.snd.queuedTruesize >= StackMemory.PAGE) {
            moderate(sock);
            return null;
        }
        return tail != null && extend(sock, tail, goal, wanted, cpu) ? tail : fresh(sock, goal, wanted, cpu);
    }

    /// Bytes that still fit in a packet. What lies in one piece is a segment at most, so that cuts between segments
    /// copy nothing.
    private static int room(TcpSock sock, SkBuff tail, int goal) {
        return tail.frags() > 0
                ? Math.clamp(goal - tail.length(), 0, tail.fragRoom())
                : Math.clamp(sock.snd.mss - tail.length(), 0, tail.tailroom());
    }

    /// Gives a packet that may grow another page, when more than a segment is at hand.
    private static boolean extend(TcpSock sock, SkBuff tail, int goal, int wanted, Cpu cpu) {
        int most = Math.min(wanted, goal - tail.length());
        int before = tail.truesize();
        if (most < sock.snd.mss || goal <= sock.snd.mss || !tail.addFragPage(most, cpu)) {
            return false;
        }
        RetransmitQueue.charge(sock, tail.truesize() - before);
        return true;
    }

    /// A segment in one piece, or headers and a page when more than a segment is at hand.
    private @Nullable SkBuff allocate(TcpSock sock, int goal, int wanted, Cpu cpu) {
        if (wanted <= sock.snd.mss || goal <= sock.snd.mss) {
            return transmitter.allocate(sock, sock.snd.mss, cpu);
        }
        SkBuff skb = transmitter.allocate(sock, 0, cpu);
        if (skb != null && !skb.addFragPage(Math.min(wanted, goal), cpu)) {
            skb.drop(reasons.noMemory, cpu);
            return null;
        }
        return skb;
    }

    private @Nullable SkBuff fresh(TcpSock sock, int goal, int wanted, Cpu cpu) {
        SkBuff skb = allocate(sock, goal, wanted, cpu);
        if (skb == null) {
            return null;
        }
        SendVars snd = sock.snd;
        SegmentControl.seq(skb, snd.writeSeq);
        SegmentControl.endSeq(skb, snd.writeSeq);
        SegmentControl.flags(skb, TcpFlags.ACK);
        snd.queue.addTail(skb);
        RetransmitQueue.charge(sock, skb.truesize());
        return skb;
    }

    private static int fill(TcpSock sock, SkBuff tail, Message message, int n) {
        long at = tail.frags() > 0 ? tail.appendToFrag(n) : tail.addressOf(tail.put(n));
        message.copyTo(tail.memory(), at, n);
        sock.snd.writeSeq += n;
        SegmentControl.endSeq(tail, SegmentControl.endSeq(tail) + n);
        return n;
    }

    /// Half of the largest window has been written since the last push.
    @Linux("net/ipv4/tcp.c#forced_push")
    private static boolean mustPush(SendVars snd) {
        return Seq.after(snd.writeSeq, snd.pushedSeq + (snd.maxWindow >> 1));
    }

    private static void markPush(SendVars snd, SkBuff tail) {
        SegmentControl.set(tail, TcpFlags.PSH);
        snd.pushedSeq = snd.writeSeq;
    }

    /// A writer was refused: it is to be told when there is room.
    public static void wantSpace(TcpSock sock) {
        sock.snd.noSpace = true;
    }

    /// Writers are told.
    public static void spaceTold(TcpSock sock) {
        sock.snd.noSpace = false;
    }

    /// The urgent byte may have been acknowledged.
    public static void acknowledged(SendVars snd) {
        if (snd.urgentMode && Seq.atMost(snd.urgentSeq, snd.una)) {
            snd.urgentMode = false;
        }
    }

    /// Whether a writer should be told that there is room.
    @Linux("include/net/sock.h#sk_stream_is_writeable")
    public static boolean isWriteable(TcpSock sock) {
        int free = sock.settings().sendBuffer - sock.snd.queuedTruesize;
        return free >= sock.snd.queuedTruesize >> 1 && isBelowLowWater(sock, 1);
    }

    /// Whether so little waits to be sent that the application may write more (TCP_NOTSENT_LOWAT); it is woken only
    /// when half of that is gone.
    @Linux("include/net/tcp.h#tcp_stream_memory_free")
    private static boolean isBelowLowWater(TcpSock sock, int shift) {
        int most = sock.opt.notSentLowWater;
        int waits = sock.snd.writeSeq - sock.snd.nxt;
        return most <= 0 || (long) waits << shift < most;
    }

    /// All sockets together hold too much: this one is content with half of what it holds.
    @Linux("include/net/sock.h#sk_stream_moderate_sndbuf")
    private static void moderate(TcpSock sock) {
        if (!sock.settings().sendBufferLocked) {
            int half = Math.max(sock.snd.queuedTruesize >> 1, LEAST_BUFFER);
            sock.settings().sendBuffer = Math.min(sock.settings().sendBuffer, half);
        }
    }

    /// Lets the send buffer hold two congestion windows.
    @Linux("net/ipv4/tcp_input.c#tcp_sndbuf_expand")
    public void expand(TcpSock sock) {
        if (sock.settings().sendBufferLocked || sock.underPressure()) {
            return;
        }
        long perSegment = sock.snd.mss + 1112L;
        long wanted = 2 * perSegment * Math.max(10, sock.cc.cwnd());
        if (wanted > sock.settings().sendBuffer) {
            sock.settings().sendBuffer = (int) Math.min(wanted, sysctls.wmemMax.get());
        }
    }
}
