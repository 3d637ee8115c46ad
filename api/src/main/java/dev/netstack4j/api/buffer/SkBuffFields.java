package dev.netstack4j.api.buffer;

import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.protocol.Dst;
import org.jspecify.annotations.Nullable;

/// What an skb says about its bytes. Nothing here touches them. Kept apart from [SkBuff] so that one file is about
/// metadata and the other about data; there is no other subclass.
abstract sealed class SkBuffFields permits SkBuff {
    private static final int CONTROL_WORDS = 12;

    @Nullable
    SkBuff next;

    @Nullable
    SkBuff prev;

    @Nullable
    SkBuffQueue queue;

    @Nullable
    SkBuff orderNext;

    @Nullable
    SkBuff orderPrev;

    @Nullable
    SkBuffOrder order;

    int handovers; // survives the packet's end, so that a later life in the same object is told apart

    private @Nullable NetDevice dev;
    private @Nullable Dst dst;
    private final int[] control = new int[CONTROL_WORDS];
    private @Nullable Object @Nullable [] extensions;
    private int protocol;
    private PacketKind kind = PacketKind.HOST;
    private ChecksumState checksumState = ChecksumState.NONE;
    private int csum;
    private int csumStart;
    private int csumOffset;
    private int gsoSize;
    private int gsoSegments;
    private int gsoType;
    private int vlanTci;
    private boolean vlanPresent;
    private int hash;
    private boolean hashIsL4;
    private int mark;
    private int priority;
    private int queueMapping;
    private long timestampNanos;
    private boolean requeued;

    /// Resets everything to what a new packet has.
    void clearFields() {
        next = null;
        prev = null;
        queue = null;
        dev = null;
        dst = null;
        extensions = null;
        protocol = 0;
        kind = PacketKind.HOST;
        checksumState = ChecksumState.NONE;
        csum = 0;
        csumStart = 0;
        csumOffset = 0;
        gsoSize = 0;
        gsoSegments = 0;
        gsoType = 0;
        vlanPresent = false;
        vlanTci = 0;
        hash = 0;
        hashIsL4 = false;
        mark = 0;
        priority = 0;
        queueMapping = 0;
        timestampNanos = 0;
        requeued = false;
        clearControl();
    }

    /// Copies everything but the links, as a clone needs it.
    void copyFields(SkBuffFields from) {
        dev = from.dev;
        dst = from.dst;
        @Nullable Object[] ext = from.extensions;
        extensions = ext == null ? null : ext.clone();
        System.arraycopy(from.control, 0, control, 0, CONTROL_WORDS);
        protocol = from.protocol;
        kind = from.kind;
        checksumState = from.checksumState;
        csum = from.csum;
        csumStart = from.csumStart;
        csumOffset = from.csumOffset;
        gsoSize = from.gsoSize;
        gsoSegments = from.gsoSegments;
        gsoType = from.gsoType;
        vlanTci = from.vlanTci;
        vlanPresent = from.vlanPresent;
        hash = from.hash;
        hashIsL4 = from.hashIsL4;
        mark = from.mark;
        priority = from.priority;
        queueMapping = from.queueMapping;
        timestampNanos = from.timestampNanos;
    }

    /// The device that it came from, or goes to.
    public @Nullable NetDevice dev() {
        return dev;
    }

    /// Sets the device.
    public void dev(@Nullable NetDevice dev) {
        this.dev = dev;
    }

    /// The route that was found for it.
    public @Nullable Dst dst() {
        return dst;
    }

    /// Sets the route.
    public void dst(@Nullable Dst dst) {
        this.dst = dst;
    }

    /// One word of the control block, which belongs to the layer that holds the skb now (0 to 11).
    public int cb(int word) {
        return control[word];
    }

    /// Writes one word of the control block.
    public void cb(int word, int value) {
        control[word] = value;
    }

    /// Clears the control block; a layer does so before it uses it.
    public void clearControl() {
        java.util.Arrays.fill(control, 0);
    }

    /// What a module keeps with the packet in its own slot (0 to 7).
    public @Nullable Object extension(int slot) {
        @Nullable Object[] e = extensions;
        return e == null ? null : e[slot];
    }

    /// Writes a module's slot.
    public void extension(int slot, @Nullable Object value) {
        @Nullable Object[] e = extensions;
        if (e == null) {
            e = new @Nullable Object[8];
            extensions = e;
        }
        e[slot] = value;
    }

    /// EtherType, set by the driver on receive and by the network layer on transmit.
    public int protocol() {
        return protocol;
    }

    /// Sets the EtherType.
    public void protocol(int etherType) {
        this.protocol = etherType;
    }

    /// To whom the frame was addressed.
    public PacketKind kind() {
        return kind;
    }

    /// Sets to whom the frame was addressed.
    public void kind(PacketKind kind) {
        this.kind = kind;
    }

    /// What is known of the transport checksum.
    public ChecksumState checksumState() {
        return checksumState;
    }

    /// Sets what is known of the transport checksum.
    public void checksumState(ChecksumState state) {
        this.checksumState = state;
    }

    /// With COMPLETE: the sum, folded, not complemented.
    public int csum() {
        return csum;
    }

    /// Sets the sum.
    public void csum(int sum) {
        this.csum = sum;
    }

    /// With PARTIAL: where summing starts, as a buffer offset.
    public int csumStart() {
        return csumStart;
    }

    /// With PARTIAL: where the result goes, counted from `csumStart`.
    public int csumOffset() {
        return csumOffset;
    }

    /// Asks that the checksum be completed later: by the device or by software.
    ///
    /// @param start  buffer offset where summing starts
    /// @param offset where the result goes, counted from `start`
    public void checksumPartial(int start, int offset) {
        checksumState = ChecksumState.PARTIAL;
        csumStart = start;
        csumOffset = offset;
    }

    /// Payload bytes of each segment when this packet stands for several; 0 when it does not.
    public int gsoSize() {
        return gsoSize;
    }

    /// Number of segments it stands for.
    public int gsoSegments() {
        return gsoSegments;
    }

    /// How it is to be segmented, one of [GsoType].
    public int gsoType() {
        return gsoType;
    }

    /// Makes it stand for several segments.
    public void gso(int type, int size, int segments) {
        gsoType = type;
        gsoSize = size;
        gsoSegments = segments;
    }

    /// The VLAN tag that travels beside the bytes; meaningful when [#vlanPresent()].
    public int vlanTci() {
        return vlanTci;
    }

    /// Whether a VLAN tag travels beside the bytes.
    public boolean vlanPresent() {
        return vlanPresent;
    }

    /// Sets a VLAN tag beside the bytes.
    public void vlanTag(int tci) {
        vlanTci = tci;
        vlanPresent = true;
    }

    /// Removes the VLAN tag beside the bytes.
    public void clearVlanTag() {
        vlanPresent = false;
        vlanTci = 0;
    }

    /// Flow hash; 0 when none is known.
    public int hash() {
        return hash;
    }

    /// Whether the hash covers ports.
    public boolean hashIsL4() {
        return hashIsL4;
    }

    /// Sets the flow hash.
    public void hash(int hash, boolean l4) {
        this.hash = hash;
        this.hashIsL4 = l4;
    }

    /// Free number for filters and routing.
    public int mark() {
        return mark;
    }

    /// Sets the mark.
    public void mark(int mark) {
        this.mark = mark;
    }

    /// Scheduling priority, 0 to 15 in the usual map.
    public int priority() {
        return priority;
    }

    /// Sets the priority.
    public void priority(int priority) {
        this.priority = priority;
    }

    /// Index of the transmit queue, or of the receive queue that it came from.
    public int queueMapping() {
        return queueMapping;
    }

    /// Sets the queue index.
    public void queueMapping(int queueIndex) {
        this.queueMapping = queueIndex;
    }

    /// When it was received or is to be sent, on the runtime's clock; 0 when not stamped.
    public long timestampNanos() {
        return timestampNanos;
    }

    /// Stamps it.
    public void timestampNanos(long nanos) {
        this.timestampNanos = nanos;
    }

    /// Whether it was put back after a device had been busy.
    public boolean requeued() {
        return requeued;
    }

    /// Notes that it was put back.
    public void requeued(boolean value) {
        this.requeued = value;
    }

    /// How often it has changed hands for good: by being born, put into a queue, or given to a device ([#handOver]).
    /// Who called code that failed may reclaim a live packet only while this number stands where it stood before.
    public int handovers() {
        return handovers;
    }

    /// Notes that somebody keeps it now without a queue: a driver in its ring.
    public void handOver() {
        handovers++;
    }

    /// Whether a queue holds it.
    public boolean isQueued() {
        return queue != null;
    }

    /// The next packet of its queue, for walking a queue without taking from it.
    public @Nullable SkBuff next() {
        return next;
    }

    /// The packet before it in its queue.
    public @Nullable SkBuff prev() {
        return prev;
    }
}
