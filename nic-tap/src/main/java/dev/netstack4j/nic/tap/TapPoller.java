package dev.netstack4j.nic.tap;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.AtomicBits;
import dev.netstack4j.api.runtime.CpuIdle;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.nic.tap.linux.CallState;
import dev.netstack4j.nic.tap.linux.EventCounter;
import dev.netstack4j.nic.tap.linux.PollArray;
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

    /// The nics of one wait, and the array that describes them to the kernel; its first entry is the waker.
    private static final class PollSet {
        final List<TapNic> nics;
        final PollArray array;

        PollSet(List<TapNic> nics) {
            this.nics = nics;
            array = new PollArray(Arena.ofAuto(), nics.size() + 1);
        }
    }

    void add(TapNic nic) {
        List<TapNic> nics = new ArrayList<>(polled.nics);
        nics.add(nic);
        replace(nics);
    }

    void remove(TapNic nic) {
        List<TapNic> nics = new ArrayList<>(polled.nics);
        nics.remove(nic);
        replace(nics);
    }

    private void replace(List<TapNic> nics) {
        polled = new PollSet(List.copyOf(nics));
        wake();
    }

    @Override
    public void idle(long timeoutNanos) {
        PollSet set = polled;
        set.array.set(0, waker.fd(), PollArray.POLLIN);
        for (int i = 0; i < set.nics.size(); i++) {
            TapNic n = set.nics.get(i);
            set.array.set(i + 1, n.wantedEvents() == 0 ? -1 : n.fd(), n.wantedEvents());
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
        for (int i = 0; i < set.nics.size(); i++) {
            if (set.array.found(i + 1) != 0) {
                set.nics.get(i).ready();
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
