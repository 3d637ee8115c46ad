package dev.netstack4j.api.buffer;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// A packet on its way through the stack: a linear area, then page fragments, and what is known about them.
///
/// ```
/// head        data            tail        end
///  |  headroom |  linear bytes  | tailroom |   + fragment 0, 1, ...
/// ```
///
/// Positions are *buffer offsets*: bytes from `head`. Header marks are such offsets too, so
/// `skb.get16(skb.networkHeader() + 2)` reads the length field of an IPv4 header. One skb has one owner, the callee
/// from the call on; bytes are shared by [#clone] only. Freeing says why: [#consume] or [#drop].
@Linux("include/linux/skbuff.h#sk_buff")
public final class SkBuff extends SkBuffFields {
    /// Most fragments that an skb can hold.
    public static final int MAX_FRAGS = 17;
    /// Charged for the skb itself beside its blocks.
    public static final int OVERHEAD = 256;

    final SkBuffPool pool;
    private final int index;
    private final MemorySegment segment;
    private final int[] fragBlock = new int[MAX_FRAGS];
    private final int[] fragAt = new int[MAX_FRAGS];
    private final int[] fragLength = new int[MAX_FRAGS];
    private final int[] fragCharge = new int[MAX_FRAGS]; // this packet's part of the block's size
    private boolean live;
    private int block = DataBlocks.NONE;
    private int head;
    private int data;
    private int tail;
    private int end;
    private int frags;
    private int fragBytes;
    private int macHeader;
    private int networkHeader;
    private int transportHeader;
    private int innerNetworkHeader;
    private int innerTransportHeader;
    private int truesize;
    private int charged;
    private @Nullable SkBuffOwner owner;

    SkBuff(SkBuffPool pool, int index) {
        this.pool = pool;
        this.index = index;
        this.segment = pool.memory.segment();
    }

    void begin(int newBlock) {
        live = true;
        handovers++;
        attach(newBlock);
        data = 0;
        tail = 0;
    }

    private void attach(int newBlock) {
        block = newBlock;
        head = pool.blocks.address(newBlock);
        end = pool.blocks.size(newBlock);
        truesize = end + OVERHEAD;
    }

    /// The memory that the packet lies in.
    public PhysicalMemory memory() {
        return pool.memory;
    }

    // ---- identity and life

    /// Place in the pool's list of all skbs; stable for the object's life.
    public int poolIndex() {
        return index;
    }

    /// Whether it is in use: allocated and not yet freed.
    public boolean isLive() {
        return live;
    }

    void checkLive() {
        if (!live) {
            throw new IllegalStateException("packet " + index + " was freed before");
        }
    }

    /// Ends it as one that did what it was for. The caller gives up ownership.
    ///
    /// @throws IllegalStateException when it was freed before or is in a queue: a bug of the caller
    public void consume(ConsumeReason why, Cpu cpu) {
        checkMayFree();
        pool.ledger.countConsumed(why, cpu);
        free(cpu);
    }

    /// Ends it as one that is lost, and says why. The caller gives up ownership.
    ///
    /// @throws IllegalStateException when it was freed before or is in a queue: a bug of the caller
    public void drop(DropReason reason, Cpu cpu) {
        checkMayFree();
        pool.ledger.countDropped(this, reason, cpu);
        free(cpu);
    }

    private void checkMayFree() {
        checkLive();
        if (queue != null) {
            throw new IllegalStateException("packet " + index + " is freed while a queue holds it");
        }
        if (order != null) {
            throw new IllegalStateException("packet " + index + " is freed while a list leads to it");
        }
    }

    private void free(Cpu cpu) {
        orphan(cpu);
        pool.blocks.release(block, cpu);
        for (int i = 0; i < frags; i++) {
            pool.blocks.release(fragBlock[i], cpu);
        }
        live = false;
        block = DataBlocks.NONE;
        frags = 0;
        fragBytes = 0;
        macHeader = 0;
        networkHeader = 0;
        transportHeader = 0;
        innerNetworkHeader = 0;
        innerTransportHeader = 0;
        clearFields();
        pool.giveShell(this, cpu);
    }

    /// A second skb over the same bytes. Both may change their own offsets and metadata; the bytes are read-only for
    /// both, but for headroom that only one of them uses. The clone has no owner and is in no queue.
    ///
    /// @return the clone, owned by the caller
    @Linux("net/core/skbuff.c#skb_clone")
    public SkBuff clone(Cpu cpu) {
        checkLive();
        SkBuff n = pool.takeShell(cpu);
        n.live = true;
        n.handovers++;
        n.shareData(this);
        n.copyFields(this);
        pool.ledger.countCloned(cpu);
        return n;
    }

    /// Takes over `from`'s data by reference: one holder more on each block.
    private void shareData(SkBuff from) {
        block = from.block;
        head = from.head;
        end = from.end;
        data = from.data;
        tail = from.tail;
        truesize = from.truesize;
        copyMarks(from);
        pool.blocks.hold(block);
        for (int i = 0; i < from.frags; i++) {
            addFrag(from.fragBlock[i], from.fragAt[i], from.fragLength[i], from.fragCharge[i]);
            pool.blocks.hold(from.fragBlock[i]);
        }
    }

    void copyMarks(SkBuff from) {
        macHeader = from.macHeader;
        networkHeader = from.networkHeader;
        transportHeader = from.transportHeader;
        innerNetworkHeader = from.innerNetworkHeader;
        innerTransportHeader = from.innerTransportHeader;
    }

    /// Whether another skb shares the linear area.
    public boolean isCloned() {
        return pool.blocks.isShared(block);
    }

    // ---- owner

    /// Charges it to `owner`, which is told when it is freed. There is no owner before.
    public void owner(SkBuffOwner owner) {
        this.owner = owner;
        this.charged = truesize;
    }

    /// What it was charged with when it got its owner, in bytes. [#truesize()] may have changed since: linearising
    /// replaces blocks.
    public int charged() {
        return charged;
    }

    /// Whom it is charged to, or null.
    public @Nullable SkBuffOwner owner() {
        return owner;
    }

    /// Hands the owner and the charge over to another packet, which has none: it ends when that one does.
    public void passOwner(SkBuff to) {
        to.owner = owner;
        to.charged = charged;
        owner = null;
        charged = 0;
    }

    /// Takes it off its owner, who is told.
    public void orphan(Cpu cpu) {
        SkBuffOwner o = owner;
        if (o != null) {
            owner = null;
            o.released(this, cpu);
        }
    }

    /// Bytes of memory that it is charged with: whole blocks and a constant for itself.
    public int truesize() {
        return truesize;
    }

    // ---- lengths and positions

    /// All bytes: linear and fragments.
    public int length() {
        return tail - data + fragBytes;
    }

    /// Bytes in the linear area.
    public int headLength() {
        return tail - data;
    }

    /// Bytes in fragments.
    public int fragBytes() {
        return fragBytes;
    }

    /// Buffer offset of the first byte.
    public int data() {
        return data;
    }

    /// Buffer offset behind the last linear byte.
    public int tail() {
        return tail;
    }

    /// Free bytes before the data.
    public int headroom() {
        return data;
    }

    /// Free bytes behind the linear data; 0 when there are fragments.
    public int tailroom() {
        return frags > 0 ? 0 : end - tail;
    }

    /// Address of the first linear byte in the host's memory; also its bus address.
    public long dataAddress() {
        return head + (long) data;
    }

    /// Address of buffer offset `at`.
    public long addressOf(int at) {
        return head + (long) at;
    }

    // ---- moving the edges

    /// Moves data and tail forward by `bytes`, to make headroom in an empty skb.
    public void reserve(int bytes) {
        data += bytes;
        tail += bytes;
        if (tail > end) {
            throw new IllegalStateException("reserving " + bytes + " bytes goes beyond the end of packet " + index);
        }
    }

    /// Adds `bytes` at the front.
    ///
    /// @return buffer offset of the new first byte
    /// @throws IllegalStateException when the headroom is short: a bug of the caller
    public int push(int bytes) {
        if (bytes > data) {
            throw new IllegalStateException(
                    "push of " + bytes + " bytes with a headroom of " + data + " in packet " + index);
        }
        data -= bytes;
        return data;
    }

    /// Removes `bytes` at the front; they must be linear ([#mayPull]).
    ///
    /// @return buffer offset of the new first byte
    public int pull(int bytes) {
        if (bytes > tail - data) {
            throw new IllegalStateException(
                    "pull of " + bytes + " bytes of " + (tail - data) + " linear ones in packet " + index);
        }
        data += bytes;
        return data;
    }

    /// Adds `bytes` at the end of the linear area; no fragments may follow.
    ///
    /// @return buffer offset of the first new byte
    /// @throws IllegalStateException when the tailroom is short: a bug of the caller
    public int put(int bytes) {
        if (bytes > tailroom()) {
            throw new IllegalStateException(
                    "put of " + bytes + " bytes with a tailroom of " + tailroom() + " in packet " + index);
        }
        int at = tail;
        tail += bytes;
        return at;
    }

    /// Cuts it to `length` bytes, from the end; nothing happens when it is shorter.
    public void trim(int length, Cpu cpu) {
        int excess = length() - length;
        while (excess > 0 && frags > 0) {
            int cut = Math.min(excess, fragLength[frags - 1]);
            shortenLastFrag(cut, cpu);
            excess -= cut;
        }
        if (excess > 0) {
            tail -= excess;
        }
    }

    private void shortenLastFrag(int cut, Cpu cpu) {
        fragLength[frags - 1] -= cut;
        fragBytes -= cut;
        if (fragLength[frags - 1] == 0) {
            frags--;
            truesize -= fragCharge[frags];
            pool.blocks.release(fragBlock[frags], cpu);
        }
    }

    /// Makes sure that the first `bytes` are linear, pulling them out of fragments if need be.
    ///
    /// @return false when the packet is shorter or memory is short; it is unchanged then
    @Linux("include/linux/skbuff.h#pskb_may_pull")
    public boolean mayPull(int bytes, Cpu cpu) {
        return bytes <= tail - data || bytes <= length() && SkBuffShaping.pullTail(this, bytes - headLength(), cpu);
    }

    // ---- header marks

    /// Buffer offset of the link-layer header.
    public int macHeader() {
        return macHeader;
    }

    /// Marks the link-layer header at the first byte.
    public void resetMacHeader() {
        macHeader = data;
    }

    /// Buffer offset of the network header.
    public int networkHeader() {
        return networkHeader;
    }

    /// Marks the network header at the first byte.
    public void resetNetworkHeader() {
        networkHeader = data;
    }

    /// Buffer offset of the transport header.
    public int transportHeader() {
        return transportHeader;
    }

    /// Marks the transport header at the first byte.
    public void resetTransportHeader() {
        transportHeader = data;
    }

    /// Marks the transport header at a buffer offset.
    public void transportHeader(int at) {
        transportHeader = at;
    }

    /// Marks the network header at a buffer offset.
    public void networkHeader(int at) {
        networkHeader = at;
    }

    /// Marks the link-layer header at a buffer offset.
    public void macHeader(int at) {
        macHeader = at;
    }

    /// Buffer offset of the network header inside a tunnel.
    public int innerNetworkHeader() {
        return innerNetworkHeader;
    }

    /// Buffer offset of the transport header inside a tunnel.
    public int innerTransportHeader() {
        return innerTransportHeader;
    }

    /// Keeps the present network and transport marks as those of the inner packet, before a tunnel pushes its own.
    public void marksToInner() {
        innerNetworkHeader = networkHeader;
        innerTransportHeader = transportHeader;
    }

    void shiftMarks(int by) {
        macHeader += by;
        networkHeader += by;
        transportHeader += by;
        innerNetworkHeader += by;
        innerTransportHeader += by;
        if (checksumState() == ChecksumState.PARTIAL) {
            checksumPartial(csumStart() + by, csumOffset());
        }
    }

    // ---- bytes of the linear area, by buffer offset, in network order

    private long at(int offset, int bytes) {
        if (offset < 0 || offset + bytes > end) {
            throw new IndexOutOfBoundsException(
                    "offset " + offset + " lies outside packet " + index + " of " + end + " bytes");
        }
        return head + (long) offset;
    }

    /// Unsigned byte.
    public int get8(int offset) {
        return pool.memory.get8(at(offset, 1));
    }

    /// Unsigned 16 bits.
    public int get16(int offset) {
        return pool.memory.get16(at(offset, 2));
    }

    /// 32 bits.
    public int get32(int offset) {
        return pool.memory.get32(at(offset, 4));
    }

    /// 64 bits.
    public long get64(int offset) {
        return pool.memory.get64(at(offset, 8));
    }

    /// Writes a byte.
    public void put8(int offset, int value) {
        pool.memory.put8(at(offset, 1), value);
    }

    /// Writes 16 bits.
    public void put16(int offset, int value) {
        pool.memory.put16(at(offset, 2), value);
    }

    /// Writes 32 bits.
    public void put32(int offset, int value) {
        pool.memory.put32(at(offset, 4), value);
    }

    /// Writes 64 bits.
    public void put64(int offset, long value) {
        pool.memory.put64(at(offset, 8), value);
    }

    /// Writes into the linear area at a buffer offset.
    public void write(int offset, byte[] source, int from, int length) {
        pool.memory.write(at(offset, length), source, from, length);
    }

    /// Writes into the linear area at a buffer offset, from any segment.
    public void write(int offset, MemorySegment source, long from, int length) {
        pool.memory.write(at(offset, length), source, from, length);
    }

    /// Fills part of the linear area with zeros.
    public void zero(int offset, int length) {
        segment.asSlice(at(offset, length), length).fill((byte) 0);
    }

    // ---- all bytes, counted from the first byte, linear and fragments alike

    /// Copies `length` bytes from position `from` (0 is the first byte) out of the packet.
    ///
    /// @throws IndexOutOfBoundsException when the packet has fewer: a bug of the caller
    public void read(int from, byte[] target, int offset, int length) {
        read(from, MemorySegment.ofArray(target), offset, length);
    }

    /// The same into any segment.
    public void read(int from, MemorySegment target, long offset, int length) {
        java.util.Objects.checkFromIndexSize(from, length, length());
        int position = from;
        long to = offset;
        int left = length;
        while (left > 0) {
            int n = Math.min(left, runAt(position));
            pool.memory.read(addressAt(position), target, to, n);
            position += n;
            to += n;
            left -= n;
        }
    }

    /// Sum of `length` bytes from position `from`, folded, in network order, not complemented.
    public int sum(int from, int length) {
        if (from + length <= headLength()) {
            return pool.memory.sum(head + (long) data + from, length);
        }
        int sum = 0;
        int done = 0;
        while (done < length) {
            int n = Math.min(length - done, runAt(from + done));
            sum = Checksum.addAt(sum, pool.memory.sum(addressAt(from + done), n), done);
            done += n;
        }
        return sum;
    }

    /// Address of the byte at position `from`.
    public long addressAt(int from) {
        int linear = headLength();
        if (from < linear) {
            return head + (long) data + from;
        }
        int rest = from - linear;
        for (int i = 0; i < frags; i++) {
            if (rest < fragLength[i]) {
                return fragAt[i] + (long) rest;
            }
            rest -= fragLength[i];
        }
        throw new IndexOutOfBoundsException("position " + from + " lies behind packet " + index);
    }

    /// Bytes that follow position `from` without a break in memory.
    public int runAt(int from) {
        int linear = headLength();
        if (from < linear) {
            return linear - from;
        }
        int rest = from - linear;
        for (int i = 0; i < frags; i++) {
            if (rest < fragLength[i]) {
                return fragLength[i] - rest;
            }
            rest -= fragLength[i];
        }
        return 0;
    }

    // ---- fragments

    /// Number of fragments.
    public int frags() {
        return frags;
    }

    /// Address of fragment `i`.
    public long fragAddress(int i) {
        return fragAt[i];
    }

    /// Length of fragment `i`.
    public int fragLength(int i) {
        return fragLength[i];
    }

    /// Appends a fragment with room for `capacity` bytes and no bytes yet; fill it with [#appendToFrag].
    ///
    /// @param capacity at most 64 KiB
    /// @return false when memory or the fragment list is short
    public boolean addFragPage(int capacity, Cpu cpu) {
        int b = frags == MAX_FRAGS ? DataBlocks.NONE : pool.blocks.take(capacity, cpu);
        if (b == DataBlocks.NONE) {
            return false;
        }
        addFrag(b, pool.blocks.address(b), 0, pool.blocks.size(b));
        truesize += pool.blocks.size(b);
        return true;
    }

    /// Free bytes behind the last fragment, when nobody shares its block.
    public int fragRoom() {
        if (frags == 0 || pool.blocks.isShared(fragBlock[frags - 1])) {
            return 0;
        }
        int b = fragBlock[frags - 1];
        return pool.blocks.address(b) + pool.blocks.size(b) - fragAt[frags - 1] - fragLength[frags - 1];
    }

    /// Grows the last fragment by `bytes` of its room.
    ///
    /// @return address of the first new byte, to be written by the caller
    public long appendToFrag(int bytes) {
        if (bytes > fragRoom()) {
            throw new IllegalStateException("fragment of packet " + index + " has no room for " + bytes + " bytes");
        }
        long at = fragAt[frags - 1] + (long) fragLength[frags - 1];
        fragLength[frags - 1] += bytes;
        fragBytes += bytes;
        return at;
    }

    /// Takes `from`'s bytes, from its position `skip` on, as fragments behind this packet's, without copying. `from`
    /// ends as consumed.
    ///
    /// @return false when there are too many fragments; both packets are unchanged then and the caller still owns
    ///     `from`
    @Linux("net/core/skbuff.c#skb_try_coalesce")
    public boolean absorb(SkBuff from, int skip, ConsumeReason why, Cpu cpu) {
        return SkBuffShaping.absorb(this, from, skip, why, cpu);
    }

    /// Splits it in two: this packet keeps the first `length` bytes, the result (in the state of a new packet, with the
    /// same metadata) has the rest, sharing blocks.
    ///
    /// @return the rest, owned by the caller; null when memory is short, and the packet is unchanged then
    @Linux("net/core/skbuff.c#skb_split")
    public @Nullable SkBuff split(int length, int headroom, Cpu cpu) {
        return SkBuffShaping.split(this, length, headroom, cpu);
    }

    /// A packet of its own for part of this one: a copy of the first `headers` bytes, then `length` bytes from position
    /// `from` on; the same metadata and header marks. This packet stays as it is.
    ///
    /// @param share whether the payload is shared as fragments; else it is copied behind the headers
    /// @return the piece, owned by the caller; null when memory is short
    @Linux("net/core/skbuff.c#skb_segment")
    public @Nullable SkBuff piece(int headers, int from, int length, boolean share, Cpu cpu) {
        return SkBuffShaping.piece(this, headers, from, length, share, cpu);
    }

    /// Copies all fragments into one linear area.
    ///
    /// @return false when memory is short or it is longer than 64 KiB; it is unchanged then
    @Linux("net/core/skbuff.c#__skb_linearize")
    public boolean linearise(Cpu cpu) {
        return frags == 0 || SkBuffShaping.pullTail(this, fragBytes, cpu);
    }

    /// A packet with bytes of its own, all linear, at least `headroom` bytes before them, and the same metadata.
    ///
    /// @return the copy, owned by the caller; null when memory is short
    @Linux("net/core/skbuff.c#skb_copy_expand")
    public @Nullable SkBuff copy(int headroom, Cpu cpu) {
        return SkBuffShaping.copy(this, headroom, cpu);
    }

    /// A packet with a linear area of its own that shares the fragments, at least `headroom` bytes before the data.
    ///
    /// @return the copy, owned by the caller; null when memory is short
    @Linux("net/core/skbuff.c#__pskb_copy")
    public @Nullable SkBuff copyHead(int headroom, Cpu cpu) {
        return SkBuffShaping.copyHead(this, headroom, cpu);
    }

    /// Makes the linear area this packet's alone, with at least `headroom` bytes before the data.
    ///
    /// @return false when memory is short; it is unchanged then
    @Linux("include/linux/skbuff.h#skb_cow_head")
    public boolean makeHeadWritable(int headroom, Cpu cpu) {
        return headroom <= data && !isCloned()
                || SkBuffShaping.expandHead(this, headroom, Math.max(0, end - tail), cpu);
    }

    // ---- for SkBuffShaping

    int block() {
        return block;
    }

    int fragBlock(int i) {
        return fragBlock[i];
    }

    void addFrag(int newBlock, int address, int length, int charge) {
        fragBlock[frags] = newBlock;
        fragAt[frags] = address;
        fragLength[frags] = length;
        fragCharge[frags] = charge;
        frags++;
        fragBytes += length;
    }

    void growLinear(int bytes) {
        tail += bytes;
    }

    void addTruesize(int bytes) {
        truesize += bytes;
    }

    int fragCharge(int i) {
        return fragCharge[i];
    }

    /// Another packet bears part of the charge for fragment `i` from now on.
    void giveCharge(int i, int bytes) {
        fragCharge[i] -= bytes;
        truesize -= bytes;
    }

    /// Swaps the linear area; the old block's holder is the caller's to release. Fragments stay.
    void replaceHead(int newBlock, int newData, int length) {
        int shift = newData - data;
        int fragSize = truesize - end - OVERHEAD;
        attach(newBlock);
        truesize += fragSize;
        data = newData;
        tail = newData + length;
        shiftMarks(shift);
    }

    /// Removes the first `bytes` of the fragments, releasing those that become empty.
    void dropFragBytes(int bytes, Cpu cpu) {
        int left = bytes;
        int gone = 0;
        while (left > 0) {
            int n = Math.min(left, fragLength[gone]);
            fragAt[gone] += n;
            fragLength[gone] -= n;
            left -= n;
            if (fragLength[gone] == 0) {
                truesize -= fragCharge[gone];
                pool.blocks.release(fragBlock[gone], cpu);
                gone++;
            }
        }
        int kept = frags - gone;
        System.arraycopy(fragBlock, gone, fragBlock, 0, kept);
        System.arraycopy(fragAt, gone, fragAt, 0, kept);
        System.arraycopy(fragLength, gone, fragLength, 0, kept);
        System.arraycopy(fragCharge, gone, fragCharge, 0, kept);
        frags = kept;
        fragBytes -= bytes;
    }

    @Override
    public String toString() {
        return "skb " + index + " length " + length() + " protocol 0x" + Integer.toHexString(protocol());
    }
}
