package dev.netstack4j.wire.tap;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.AtomicBits;
import dev.netstack4j.api.runtime.CpuIdle;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.wire.tap.linux.CallState;
import dev.netstack4j.wire.tap.linux.EventCounter;
import dev.netstack4j.wire.tap.linux.PollArray;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;

/// How a CPU waits when a stack has TAPs: for any of their descriptors, or for a wake. One per stack.
final class TapPoller implements CpuIdle {
    private static final int SIGNALLED = 1;

    private final CallState state;
    private final EventCounter waker;
    private final AtomicBits bits;
    private volatile PollSet polled; // replaced whole under the control lock

    TapPoller(Sync sync) throws NetException {
        // Automatic: the agent may still be waiting when the last TAP is closed.
        Arena arena = Arena.ofAuto();
        state = new CallState(arena);
        waker = new EventCounter(arena);
        NetException.check(waker.fd(), "open an event counter of the host");
        bits = sync.bits("tap wake");
        polled = new PollSet(List.of());
    }

    /// The wires of one wait, and the array that describes them to the kernel; its first entry is the waker.
    private static final class PollSet {
        final List<TapWire> wires;
        final PollArray array;

        PollSet(List<TapWire> wires) {
            this.wires = wires;
            array = new PollArray(Arena.ofAuto(), wires.size() + 1);
        }
    }

    void add(TapWire wire) {
        List<TapWire> wires = new ArrayList<>(polled.wires);
        wires.add(wire);
        replace(wires);
    }

    void remove(TapWire wire) {
        List<TapWire> wires = new ArrayList<>(polled.wires);
        wires.remove(wire);
        replace(wires);
    }

    private void replace(List<TapWire> wires) {
        polled = new PollSet(List.copyOf(wires));
        wake();
    }

    @Override
    public void idle(long timeoutNanos) {
        PollSet set = polled;
        set.array.set(0, waker.fd(), PollArray.POLLIN);
        for (int i = 0; i < set.wires.size(); i++) {
            TapWire w = set.wires.get(i);
            set.array.set(i + 1, w.isUp() ? w.fd() : -1, w.wantedEvents());
        }
        if (set.array.await(state, timeoutNanos) > 0) {
            handle(set);
        }
    }

    /// This wait is about to end, so a wake that ringing an engine brings needs no signal: the bit says that there is
    /// one.
    private void handle(PollSet set) {
        bits.getAndSet(SIGNALLED);
        if (set.array.found(0) != 0) {
            waker.take();
        }
        for (int i = 0; i < set.wires.size(); i++) {
            if (set.array.found(i + 1) != 0) {
                set.wires.get(i).ready();
            }
        }
        bits.getAndClear(SIGNALLED);
    }

    @Override
    public void wake() {
        if ((bits.getAndSet(SIGNALLED) & SIGNALLED) == 0) {
            waker.signal();
        }
    }

    @Override
    public void close() {
        waker.close();
    }
}
