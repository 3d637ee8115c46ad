package dev.netstack4j.core.net.napi;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.Napi;
import dev.netstack4j.api.device.NapiPoll;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.AtomicBits;
import dev.netstack4j.api.runtime.Context;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.core.net.failure.FailureSite;
import dev.netstack4j.core.net.receive.ReceiveBatch;
import dev.netstack4j.core.net.steering.Steering;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// A polling context. Who sets SCHED owns it, and it is in one CPU's poll list or being polled, until SCHED is cleared.
///
/// | SCHED | MISSED | DISABLE | |
/// |---|---|---|---|
/// | - | - | - | at rest: the device's interrupt is on |
/// | x | - | - | will be polled, or is |
/// | x | x | - | was asked for again meanwhile: one more poll |
/// | x | any | x | will end at its next completion |
/// | - | - | x | off |
@Linux("include/linux/netdevice.h#napi_struct")
public final class NapiContext implements Napi {
    private static final int SCHED = 1;
    private static final int MISSED = 2;
    private static final int DISABLE = 4;
    /// Polls in a row that may throw before the context is switched off.
    private static final int MOST_FAILURES = 16;

    @Nullable
    NapiContext nextToPoll;

    private final String name;
    private final NapiPoll poll;
    private final IntSupplier weight;
    private final AtomicBits state;
    private final NetRxAction action;
    private final FailureSite site;
    private final ReceiveBatch batch;
    private long polls; // the owner's
    private long completedPoll; // the owner's, written before it lets go
    private int failures;

    NapiContext(
            String name,
            NapiPoll poll,
            IntSupplier weight,
            AtomicBits state,
            NetRxAction action,
            FailureSite site,
            @Nullable Steering steering) {
        this.name = name;
        this.poll = poll;
        this.weight = weight;
        this.state = state;
        this.action = action;
        this.site = site;
        this.batch = new ReceiveBatch(action.path(), action.offloads(), steering);
        state.set(DISABLE);
    }

    @Override
    public boolean schedule(Cpu cpu) {
        int now;
        do {
            now = state.get();
            if ((now & DISABLE) != 0) {
                return false;
            }
        } while (!state.compareAndSet(now, now | SCHED | ((now & SCHED) != 0 ? MISSED : 0)));
        if ((now & SCHED) != 0) {
            return false;
        }
        action.add(this, cpu);
        return true;
    }

    @Override
    public boolean complete(int workDone, Cpu cpu) {
        batch.flush(cpu);
        completedPoll = polls;
        int now;
        boolean again;
        do {
            now = state.get();
            again = (now & (MISSED | DISABLE)) == MISSED;
        } while (!state.compareAndSet(now, now & ~(SCHED | MISSED) | (again ? SCHED : 0)));
        if (again) {
            action.add(this, cpu);
        }
        return !again;
    }

    @Override
    public void receive(SkBuff skb, Cpu cpu) {
        batch.add(skb, cpu);
    }

    @Override
    public void enable() {
        failures = 0;
        state.set(0);
    }

    @Override
    public void disable() {
        state.getAndSet(DISABLE);
        while ((state.get() & SCHED) != 0) {
            action.letCpusRun();
        }
    }

    @Override
    public void consumeSent(SkBuff skb, int budget, Cpu cpu) {
        if (budget == 0 && cpu.context() == Context.HARDIRQ) {
            action.consumeLater(skb, cpu);
        } else {
            action.consumeNow(skb, cpu);
        }
    }

    @Override
    public void remove() {
        disable();
    }

    /// Sends up what was received so far. In a poll.
    void sendUp(Cpu cpu) {
        batch.flush(cpu);
    }

    /// Polls once; what it received goes up. By [NetRxAction].
    ///
    /// @return packets received
    int pollOnce(Cpu cpu) {
        int most = weight.getAsInt();
        long mine = ++polls;
        int work;
        try {
            work = poll.poll(this, most, cpu);
            failures = 0;
        } catch (Throwable t) {
            work = failed(t, most, cpu);
        }
        boolean completed = completedPoll >= mine; // else this CPU owns it still
        if (!completed) {
            goOn(work, most, cpu);
        }
        return work;
    }

    private void goOn(int work, int most, Cpu cpu) {
        batch.flush(cpu);
        if (work < most || (state.get() & DISABLE) != 0) {
            complete(work, cpu); // the driver forgot to, or is being stopped
        } else {
            action.again(this, cpu);
        }
    }

    /// A poll that throws is tried again, but not for ever.
    private int failed(Throwable thrown, int most, Cpu cpu) {
        site.failed("poll of " + name, thrown, cpu);
        failures++;
        if (failures == MOST_FAILURES) {
            state.getAndSet(DISABLE);
        }
        return most;
    }

    @Override
    public String toString() {
        return name;
    }
}
