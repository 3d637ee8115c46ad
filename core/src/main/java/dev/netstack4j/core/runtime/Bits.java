package dev.netstack4j.core.runtime;

import dev.netstack4j.api.runtime.AtomicBits;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Atomic bits over a VarHandle.
final class Bits implements AtomicBits {
    private static final VarHandle BITS;

    static {
        try {
            BITS = MethodHandles.lookup().findVarHandle(Bits.class, "bits", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("UnusedVariable") // through the handle
    private volatile int bits;

    @Override
    public int get() {
        return bits;
    }

    @Override
    public void set(int newBits) {
        bits = newBits;
    }

    @Override
    public int getAndSet(int mask) {
        return (int) BITS.getAndBitwiseOr(this, mask);
    }

    @Override
    public int getAndClear(int mask) {
        return (int) BITS.getAndBitwiseAnd(this, ~mask);
    }

    @Override
    public int exchange(int newBits) {
        return (int) BITS.getAndSet(this, newBits);
    }

    @Override
    public boolean compareAndSet(int expected, int newBits) {
        return BITS.compareAndSet(this, expected, newBits);
    }
}
