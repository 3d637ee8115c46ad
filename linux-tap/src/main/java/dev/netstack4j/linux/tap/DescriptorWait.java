package dev.netstack4j.linux.tap;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.AtomicBits;
import dev.netstack4j.api.runtime.CpuIdle;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.Sync;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;

/// How a CPU waits when a stack has TAPs: for any of their descriptors, be they devices or ends of wires, or for a
/// wake. One per CPU.
public final class DescriptorWait implements CpuIdle {
    private static final int SIGNALLED = 1;

    private final CallState state;
    private final EventCounter waker;
    private final AtomicBits bits;
    private volatile PollSet polled; // replaced whole under the control lock

    private DescriptorWait(Sync sync) throws NetException {
        // Automatic: the agent may still be waiting when the last TAP is closed.
        Arena arena = Arena.ofAuto();
        state = new CallState(arena);
        waker = new EventCounter(arena);
        NetException.check(waker.fd(), "open an event counter of the host");
        bits = sync.bits("tap wake");
        polled = new PollSet(List.of());
    }

    /// The wait of a CPU: the one that a module before installed, or a new one, which becomes the CPU's. Control lock.
    ///
    /// @throws NetException the host is out of descriptors
    /// @throws IllegalStateException the CPU waits in another way already
    public static DescriptorWait of(Cpus cpus, int cpuId, Sync sync) throws NetException {
        if (cpus.idle(cpuId) instanceof DescriptorWait installed) {
            return installed;
        }
        DescriptorWait made = new DescriptorWait(sync);
        try {
            cpus.idleWith(cpuId, made);
        } catch (IllegalStateException e) {
            made.close();
            throw e;
        }
        return made;
    }

    /// The descriptors of one wait, and the array that tells them to the kernel; its first entry is the waker.
    private static final class PollSet {
        final List<PolledDescriptor> descriptors;
        final PollArray array;

        PollSet(List<PolledDescriptor> descriptors) {
            this.descriptors = descriptors;
            array = new PollArray(Arena.ofAuto(), descriptors.size() + 1);
        }
    }

    /// Waits for this one too. Control lock.
    public void add(PolledDescriptor descriptor) {
        List<PolledDescriptor> all = new ArrayList<>(polled.descriptors);
        all.add(descriptor);
        replace(all);
    }

    /// Waits for it no longer; a wait that runs is ended, yet may still tell it once. Control lock.
    public void remove(PolledDescriptor descriptor) {
        List<PolledDescriptor> all = new ArrayList<>(polled.descriptors);
        all.remove(descriptor);
        replace(all);
    }

    private void replace(List<PolledDescriptor> all) {
        polled = new PollSet(List.copyOf(all));
        wake();
    }

    @Override
    public void idle(long timeoutNanos) {
        PollSet set = polled;
        set.array.set(0, waker.fd(), PollArray.POLLIN);
        for (int i = 0; i < set.descriptors.size(); i++) {
            PolledDescriptor d = set.descriptors.get(i);
            int wanted = d.wantedEvents();
            set.array.set(i + 1, wanted == 0 ? -1 : d.fd(), wanted);
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
        for (int i = 0; i < set.descriptors.size(); i++) {
            if (set.array.found(i + 1) != 0) {
                set.descriptors.get(i).ready();
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
