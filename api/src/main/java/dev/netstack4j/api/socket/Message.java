package dev.netstack4j.api.socket;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.buffer.PhysicalMemory;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// One send or receive call: the user's bytes in one or several pieces with a cursor, an address and flags. Re-usable,
/// so that a steady loop makes no garbage; not thread-safe.
@Linux("include/linux/socket.h#msghdr")
public final class Message {
    private static final MemorySegment[] NO_VECTORS = new MemorySegment[0];

    private byte @Nullable [] array;
    private int arrayAt;
    private MemorySegment[] vectors = NO_VECTORS;
    private int vector;
    private long vectorAt;
    private long total;
    private long done;
    private int flags;
    private int resultFlags;
    private @Nullable SockAddress address;
    private boolean sourceKnown;
    private @Nullable AddressFamily sourceFamily;
    private long sourceHigh;
    private long sourceLow;
    private int sourcePort;

    /// Without bytes.
    public Message() {}

    /// Over part of an array.
    public Message bytes(byte[] bytes, int offset, int length) {
        java.util.Objects.checkFromIndexSize(offset, length, bytes.length);
        array = bytes;
        arrayAt = offset;
        vectors = NO_VECTORS;
        return begin(length);
    }

    /// Over several segments in order (scatter and gather).
    public Message segments(MemorySegment... pieces) {
        array = null;
        vectors = pieces;
        long sum = 0;
        for (MemorySegment p : pieces) {
            sum += p.byteSize();
        }
        return begin(sum);
    }

    private Message begin(long length) {
        total = length;
        done = 0;
        vector = 0;
        vectorAt = 0;
        flags = 0;
        resultFlags = 0;
        address = null;
        sourceKnown = false;
        return this;
    }

    /// Adds flags of [MessageFlags].
    public Message flags(int bits) {
        flags = bits;
        return this;
    }

    /// Adds a destination.
    public Message to(@Nullable SockAddress destination) {
        address = destination;
        return this;
    }

    /// Flags of the call.
    public int flags() {
        return flags;
    }

    /// Whether a flag is set.
    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /// The destination, or null.
    public @Nullable SockAddress destination() {
        return address;
    }

    /// Bytes not yet moved.
    public long remaining() {
        return total - done;
    }

    /// Bytes moved.
    public long done() {
        return done;
    }

    /// Flags of the result: [MessageFlags#TRUNC] and so on.
    public int resultFlags() {
        return resultFlags;
    }

    /// Adds a flag to the result.
    public void addResultFlag(int flag) {
        resultFlags |= flag;
    }

    /// Notes where a datagram came from, without making an object.
    public void source(AddressFamily family, long high, long low, int port) {
        sourceKnown = true;
        sourceFamily = family;
        sourceHigh = high;
        sourceLow = low;
        sourcePort = port;
    }

    /// Where the datagram came from, or null.
    public @Nullable InetSockAddress source() {
        if (!sourceKnown) {
            return null;
        }
        boolean v4 = AddressFamily.INET.equals(sourceFamily);
        IpAddress ip = v4 ? IpAddress.v4((int) sourceLow) : IpAddress.v6(sourceHigh, sourceLow);
        return InetSockAddress.of(ip, sourcePort);
    }

    /// Moves up to `length` of the user's bytes to an address of the host's memory and advances.
    ///
    /// @return bytes moved
    public int copyTo(PhysicalMemory memory, long at, int length) {
        int wanted = (int) Math.min(length, remaining());
        byte[] a = array;
        if (a != null) {
            memory.write(at, a, arrayAt + (int) done, wanted);
            done += wanted;
            return wanted;
        }
        int moved = 0;
        while (moved < wanted) {
            int n = pieceRoom(wanted - moved);
            memory.write(at + moved, vectors[vector], vectorAt, n);
            advance(n);
            moved += n;
        }
        return moved;
    }

    /// Moves `length` bytes from position `from` of a packet to the user and advances; at most what remains.
    ///
    /// @return bytes moved
    public int copyFrom(SkBuff skb, int from, int length) {
        int wanted = (int) Math.min(length, remaining());
        byte[] a = array;
        if (a != null) {
            copyToArray(skb, from, wanted, a);
            return wanted;
        }
        int moved = 0;
        while (moved < wanted) {
            int n = pieceRoom(wanted - moved);
            skb.read(from + moved, vectors[vector], vectorAt, n);
            advance(n);
            moved += n;
        }
        return moved;
    }

    /// Advances over `length` of the user's bytes and leaves them as they are; at most what remains.
    ///
    /// @return bytes passed
    public int skip(int length) {
        int wanted = (int) Math.min(length, remaining());
        if (array != null) {
            done += wanted;
            return wanted;
        }
        for (int passed = 0; passed < wanted; ) {
            int n = pieceRoom(wanted - passed);
            advance(n);
            passed += n;
        }
        return wanted;
    }

    private void copyToArray(SkBuff skb, int from, int wanted, byte[] a) {
        int moved = 0;
        while (moved < wanted) {
            int n = Math.min(wanted - moved, skb.runAt(from + moved));
            skb.memory().read(skb.addressAt(from + moved), a, arrayAt + (int) done, n);
            done += n;
            moved += n;
        }
    }

    /// Gives the user one byte and advances.
    ///
    /// @return 1, or 0 when there is no room
    public int put8(int value) {
        if (remaining() == 0) {
            return 0;
        }
        byte[] a = array;
        if (a != null) {
            a[arrayAt + (int) done] = (byte) value;
            done++;
        } else {
            pieceRoom(1);
            vectors[vector].set(java.lang.foreign.ValueLayout.JAVA_BYTE, vectorAt, (byte) value);
            advance(1);
        }
        return 1;
    }

    private int pieceRoom(int wanted) {
        while (vectorAt == vectors[vector].byteSize()) {
            vector++;
            vectorAt = 0;
        }
        return (int) Math.min(wanted, vectors[vector].byteSize() - vectorAt);
    }

    private void advance(int n) {
        vectorAt += n;
        done += n;
    }
}
