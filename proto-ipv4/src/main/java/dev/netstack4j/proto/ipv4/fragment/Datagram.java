package dev.netstack4j.proto.ipv4.fragment;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import org.jspecify.annotations.Nullable;

/// One datagram that waits for its fragments, sorted by offset. Re-used; guarded by the lock of [Reassembly].
@Linux("include/net/inet_frag.h#inet_frag_queue")
@Rfc("5722")
final class Datagram {
    /// Control-block words of a waiting fragment.
    private static final int START = 0;
    private static final int END = 1;

    final SkBuffQueue fragments = new SkBuffQueue();

    @Nullable
    Datagram nextInBucket;

    @Nullable
    Datagram older;

    @Nullable
    Datagram younger;

    int source;
    int destination;
    int ident;
    int protocol;
    int bucket;
    long expiresNanos;
    int memory;
    int distance;
    private int end;
    private boolean endKnown;
    private int received;

    /// What became of a fragment.
    enum Result {
        /// It waits.
        KEPT,
        /// It was the last one missing.
        COMPLETE,
        /// It is there already.
        DUPLICATE,
        /// It overlaps another, or contradicts the end: the whole datagram must go.
        OVERLAP
    }

    void begin(int newSource, int newDestination, int newIdent, int newProtocol, long deadline) {
        source = newSource;
        destination = newDestination;
        ident = newIdent;
        protocol = newProtocol;
        expiresNanos = deadline;
        memory = 0;
        end = 0;
        endKnown = false;
        received = 0;
    }

    boolean isFor(int s, int d, int id, int p) {
        return source == s && destination == d && ident == id && protocol == p;
    }

    /// Adds a fragment's payload range; keeps the skb unless it is a duplicate or an overlap.
    Result add(SkBuff skb, int start, int stop, boolean more) {
        if (contradictsEnd(stop, more)) {
            return Result.OVERLAP;
        }
        SkBuff before = placeFor(start);
        Result clash = clash(before, start, stop);
        if (clash != Result.KEPT) {
            return clash;
        }
        end = Math.max(end, stop);
        endKnown |= !more;
        skb.cb(START, start);
        skb.cb(END, stop);
        if (before == null) {
            fragments.addHead(skb);
        } else {
            fragments.addAfter(before, skb);
        }
        received += stop - start;
        memory += skb.truesize();
        return endKnown && received == end ? Result.COMPLETE : Result.KEPT;
    }

    private boolean contradictsEnd(int stop, boolean more) {
        if (more) {
            return endKnown && stop > end;
        }
        return stop < end || endKnown && stop != end;
    }

    /// The last fragment that starts at or before `start`; looks from the end, where new ones usually belong.
    private @Nullable SkBuff placeFor(int start) {
        SkBuff at = fragments.peekTail();
        while (at != null && at.cb(START) > start) {
            at = at.prev();
        }
        return at;
    }

    private Result clash(@Nullable SkBuff before, int start, int stop) {
        SkBuff after = before == null ? fragments.peek() : before.next();
        boolean free = (before == null || before.cb(END) <= start) && (after == null || after.cb(START) >= stop);
        if (free) {
            return Result.KEPT;
        }
        return isCovered(before, start, stop) ? Result.DUPLICATE : Result.OVERLAP;
    }

    /// Whether fragments that touch each other cover the whole range already.
    private static boolean isCovered(@Nullable SkBuff from, int start, int stop) {
        SkBuff at = from;
        int reached = start;
        while (at != null && at.cb(START) <= reached && reached < stop) {
            reached = Math.max(reached, at.cb(END));
            at = at.next();
        }
        return reached >= stop;
    }

    /// Payload bytes of the whole datagram, once complete.
    int payloadLength() {
        return end;
    }

    /// The fragment that holds the datagram's first byte, or null.
    @Nullable
    SkBuff first() {
        SkBuff f = fragments.peek();
        return f != null && f.cb(START) == 0 ? f : null;
    }
}
