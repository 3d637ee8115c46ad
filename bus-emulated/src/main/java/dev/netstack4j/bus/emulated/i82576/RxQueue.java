package dev.netstack4j.bus.emulated.i82576;

import dev.netstack4j.bus.emulated.silicon.Ring;

/// One receive queue: its ring, the size and kind of its buffers, and how many frames it had to drop. Guarded by the
/// receive lock, but for the tail.
final class RxQueue {
    private static final int DEFAULT_KIB = 2;

    final int index;
    final Ring ring = new Ring();
    private final int[] words = new int[16];
    private int dropped;

    RxQueue(int index) {
        this.index = index;
        reset();
    }

    int read(int register) {
        return switch (register) {
            case Reg.RDH -> ring.head();
            case Reg.RDT -> ring.tail();
            case Reg.RQDPC -> takeDropped();
            default -> words[register >> 2];
        };
    }

    private int takeDropped() {
        int count = Math.min(dropped, 0xFFF);
        dropped = 0;
        return count;
    }

    /// A register other than the tail was written.
    void write(int register, int value) {
        switch (register) {
            case Reg.RDH -> ring.head(value);
            case Reg.RQDPC -> {}
            default -> words[register >> 2] = value;
        }
        ring.configure(words[Reg.RDBAL >> 2], words[Reg.RDBAH >> 2], words[Reg.RDLEN >> 2]);
    }

    boolean enabled() {
        return (words[Reg.RXDCTL >> 2] & Reg.QUEUE_ENABLE) != 0;
    }

    boolean dropsWhenEmpty() {
        return (words[Reg.SRRCTL >> 2] & Reg.SRRCTL_DROP) != 0;
    }

    boolean advanced() {
        return (words[Reg.SRRCTL >> 2] & Reg.SRRCTL_TYPE) != 0;
    }

    int bufferBytes() {
        int kib = words[Reg.SRRCTL >> 2] & 0x7F;
        return (kib == 0 ? DEFAULT_KIB : kib) << 10;
    }

    void countDropped() {
        dropped++;
    }

    void reset() {
        java.util.Arrays.fill(words, 0);
        words[Reg.SRRCTL >> 2] = 0x400;
        words[Reg.RXDCTL >> 2] = index == 0 ? Reg.QUEUE_ENABLE : 0;
        ring.reset();
        dropped = 0;
    }
}
