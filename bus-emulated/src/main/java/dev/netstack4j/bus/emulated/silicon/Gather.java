package dev.netstack4j.bus.emulated.silicon;

import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.hardware.FrameBatch;
import java.lang.foreign.MemorySegment;

/// The pieces of one packet in the host's memory, as its transmit descriptors name them.
public final class Gather {
    private final MemorySegment memory;
    private final long[] at;
    private final int[] length;
    private int pieces;
    private int total;

    public Gather(MemorySegment memory, int capacity) {
        this.memory = memory;
        this.at = new long[capacity];
        this.length = new int[capacity];
    }

    public void clear() {
        pieces = 0;
        total = 0;
    }

    public boolean isFull() {
        return pieces == at.length;
    }

    public void add(long address, int bytes) {
        if (bytes > 0) {
            at[pieces] = address;
            length[pieces] = bytes;
            pieces++;
            total += bytes;
        }
    }

    public int pieces() {
        return pieces;
    }

    public int total() {
        return total;
    }

    /// Forgets the last `bytes`.
    public void cut(int bytes) {
        int left = bytes;
        while (left > 0 && pieces > 0) {
            int n = Math.min(left, length[pieces - 1]);
            length[pieces - 1] -= n;
            total -= n;
            left -= n;
            if (length[pieces - 1] == 0) {
                pieces--;
            }
        }
    }

    /// Copies `bytes` from position `from` of the packet.
    public void copy(int from, int bytes, MemorySegment target, long targetAt) {
        int skip = from;
        int left = bytes;
        long to = targetAt;
        for (int p = 0; left > 0 && p < pieces; p++) {
            int n = Math.min(length[p] - skip, left);
            if (n > 0) {
                MemorySegment.copy(memory, at[p] + skip, target, to, n);
                to += n;
                left -= n;
                skip = 0;
            } else {
                skip -= length[p];
            }
        }
    }

    /// The ones' complement sum of `bytes` from position `from`, folded.
    public int sum(int from, int bytes) {
        int skip = from;
        int done = 0;
        int sum = 0;
        for (int p = 0; done < bytes && p < pieces; p++) {
            int n = Math.min(length[p] - skip, bytes - done);
            if (n > 0) {
                sum = Checksum.addAt(sum, Checksum.sum(memory, at[p] + skip, n), done);
                done += n;
                skip = 0;
            } else {
                skip -= length[p];
            }
        }
        return sum;
    }

    /// Adds `bytes` from position `from` to the frame that is being built.
    public void emit(FrameBatch batch, int from, int bytes) {
        int skip = from;
        int left = bytes;
        for (int p = 0; left > 0 && p < pieces; p++) {
            int n = Math.min(length[p] - skip, left);
            if (n > 0) {
                batch.addPiece(memory, at[p] + skip, n);
                left -= n;
                skip = 0;
            } else {
                skip -= length[p];
            }
        }
    }
}
