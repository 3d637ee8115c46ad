package dev.netstack4j.core.runtime;

import dev.netstack4j.api.runtime.Context;
import java.util.concurrent.atomic.AtomicLongArray;

/// Interrupts pending on one CPU, a bit each, handled in the order of their numbers.
final class PendingIrqs {
    static final int MOST_LINES = 256;

    private final AtomicLongArray words = new AtomicLongArray(MOST_LINES / 64);

    void add(int number) {
        long bit = 1L << number;
        int i = number >> 6;
        long before = words.get(i);
        while (!words.compareAndSet(i, before, before | bit)) {
            before = words.get(i);
        }
    }

    boolean isEmpty() {
        for (int i = 0; i < words.length(); i++) {
            if (words.get(i) != 0) {
                return false;
            }
        }
        return true;
    }

    /// Handles those that are pending now; a level that stays high waits for the next call.
    boolean handle(HostCpu cpu) {
        boolean any = false;
        for (int i = 0; i < words.length(); i++) {
            if (words.get(i) != 0) {
                any |= handleWord(i, words.getAndSet(i, 0), cpu);
            }
        }
        return any;
    }

    private static boolean handleWord(int i, long word, HostCpu cpu) {
        Context before = cpu.context();
        cpu.context(Context.HARDIRQ);
        for (long left = word; left != 0; left &= left - 1) {
            cpu.host.irq(i * 64 + Long.numberOfTrailingZeros(left)).handle(cpu);
        }
        cpu.context(before);
        return word != 0;
    }
}
