package dev.netstack4j.nic.e1000;

import dev.netstack4j.api.buffer.PhysicalMemory;
import java.util.ArrayList;
import java.util.List;

/// What the device does with the two rings, in a few lines: sends and receives when the test says so.
final class Silicon {
    final List<byte[]> sent = new ArrayList<>();
    /// Both words of each.
    final List<long[]> contexts = new ArrayList<>();
    final List<long[]> segmentContexts = new ArrayList<>();
    /// Of the descriptors with data.
    final List<String> kinds = new ArrayList<>();
    final List<Integer> lengths = new ArrayList<>();
    /// Of the descriptor that ended each frame.
    final List<Long> lastWords = new ArrayList<>();
    final List<Integer> vlans = new ArrayList<>();
    int reports;
    int checksums;
    private final TestRegisters registers;
    private final PhysicalMemory memory;
    private byte[] frame = new byte[0];

    Silicon(TestRegisters registers, PhysicalMemory memory) {
        this.registers = registers;
        this.memory = memory;
    }

    /// Sends everything up to the tail.
    void transmit() {
        transmit(Integer.MAX_VALUE);
    }

    /// Sends at most so many descriptors.
    void transmit(int most) {
        int head = registers.get(Registers.TDH);
        for (int i = 0; i < most && head != registers.get(Registers.TDT); i++) {
            send(registers.get(Registers.TDBAL) + head * 16L);
            head = (head + 1) % (registers.get(Registers.TDLEN) / 16);
        }
        registers.set(Registers.TDH, head);
    }

    private void send(long at) {
        long word0 = memory.get64LeAcquire(at);
        long word1 = memory.get64LeAcquire(at + 8);
        boolean legacy = (word1 >>> 29 & 1) == 0;
        if (!legacy && (word1 >>> 20 & 15) == 0) {
            (((word1 >>> 26 & 1) != 0) ? segmentContexts : contexts).add(new long[] {word0, word1});
        } else {
            kinds.add(legacy ? "legacy" : "data");
            data(word0, word1);
        }
        if ((word1 >>> 27 & 1) != 0) {
            reports++;
            memory.put64LeRelease(at + 8, word1 | 1L << 32);
        }
    }

    private void data(long word0, long word1) {
        int length = (int) word1 & ((word1 >>> 29 & 1) != 0 ? 0xFFFFF : 0xFFFF);
        lengths.add(length);
        byte[] longer = java.util.Arrays.copyOf(frame, frame.length + length);
        memory.read(word0, longer, frame.length, length);
        frame = longer;
        if ((word1 >>> 24 & 1) != 0) {
            sent.add(frame);
            frame = new byte[0];
            lastWords.add(word1);
            vlans.add((word1 >>> 30 & 1) != 0 ? (int) (word1 >>> 48) : -1);
            checksums += (int) (word1 >>> 41 & 1);
        }
    }

    /// Receives a frame into as many buffers as it takes.
    ///
    /// @param status beside DD and EOP
    /// @return false when there were not enough
    boolean receive(byte[] bytes, int status, int errors, int special) {
        int done = 0;
        do {
            int head = registers.get(Registers.RDH);
            if (head == registers.get(Registers.RDT)) {
                return false;
            }
            int n = Math.min(2048, bytes.length - done);
            boolean last = done + n == bytes.length;
            long at = registers.get(Registers.RDBAL) + head * 16L;
            memory.write(memory.get64LeAcquire(at), bytes, done, n);
            long word =
                    n | (1L | (last ? 2 | status : 0)) << 32 | (last ? (long) errors << 40 | (long) special << 48 : 0);
            memory.put64LeRelease(at + 8, word);
            registers.set(Registers.RDH, (head + 1) % (registers.get(Registers.RDLEN) / 16));
            done += n;
        } while (done < bytes.length);
        return true;
    }

    boolean receive(byte[] bytes) {
        return receive(bytes, 0, 0, 0);
    }
}
