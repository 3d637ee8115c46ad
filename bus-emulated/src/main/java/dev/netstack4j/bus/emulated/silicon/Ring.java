package dev.netstack4j.bus.emulated.silicon;

/// A ring of 16-byte descriptors in the host's memory. Head is the chip's, tail the driver's; equal means empty.
public final class Ring {
    public static final int DESCRIPTOR = 16;

    private long base;
    private int count;
    /// Written by one side of the chip, under its lock. What the driver reads of it may be late, as on silicon, where
    /// it learns from the descriptors; so no write of it needs a fence.
    private int head;
    private volatile int tail;

    /// Takes over the base address and length registers. The chip ignores the low bits that alignment makes zero.
    public void configure(int low, int high, int bytes) {
        base = (high & 0xFFFF_FFFFL) << 32 | low & 0xFFFF_FFF0L;
        count = (bytes & 0xF_FF80) / DESCRIPTOR;
    }

    public long base() {
        return base;
    }

    public int count() {
        return count;
    }

    public int bytes() {
        return count * DESCRIPTOR;
    }

    public long at(int index) {
        return base + (long) index * DESCRIPTOR;
    }

    public int next(int index) {
        int n = index + 1;
        return n == count ? 0 : n;
    }

    public int head() {
        return head;
    }

    public void head(int value) {
        head = value & 0xFFFF;
    }

    public int tail() {
        return tail;
    }

    public void tail(int value) {
        tail = value & 0xFFFF;
    }

    /// Descriptors that the driver has handed over; none while a pointer is outside the ring.
    public int available() {
        int h = head;
        int t = tail;
        if (h >= count || t >= count) {
            return 0;
        }
        return t >= h ? t - h : t - h + count;
    }

    public void reset() {
        base = 0;
        count = 0;
        head = 0;
        tail = 0;
    }
}
