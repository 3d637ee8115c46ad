package dev.netstack4j.testkit.kit.lab;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.Napi;
import dev.netstack4j.api.device.NapiPoll;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.runtime.Cpu;
import org.jspecify.annotations.Nullable;

/// A polling context and its poll: counts what each poll received, and looks at when it completes.
final class WatchedNapi implements Napi, NapiPoll {
    private final NapiPoll poll;
    private final Watch watch;
    private final Received received;
    private final NetDevice seen;
    private final NetDevice device;
    private @Nullable Napi inner;
    private int taken;
    private int completions;
    private boolean polling;

    /// @param seen   the device as the driver knows it
    /// @param device the same as core knows it
    WatchedNapi(NapiPoll poll, Watch watch, Received received, NetDevice seen, NetDevice device) {
        this.poll = poll;
        this.watch = watch;
        this.received = received;
        this.seen = seen;
        this.device = device;
    }

    Napi on(Napi made) {
        inner = made;
        return this;
    }

    private Napi inner() {
        Napi n = inner;
        if (n == null) {
            throw new IllegalStateException("the context is not made yet");
        }
        return n;
    }

    // ---- the poll, called by core

    @Override
    public int poll(Napi context, int budget, Cpu cpu) {
        if (received.pollsWithoutBudget()) {
            pollWithoutBudget(cpu);
        }
        int said = pollOnce(budget, cpu);
        int most = Math.max(taken, said);
        if (most > budget) {
            watch.breaks(Marks.BUDGET, "a poll with a budget of " + budget + " took " + most + " packets");
        }
        if (said < budget && completions == 0) {
            watch.breaks(Marks.COMPLETE, "a poll took " + said + " of " + budget + " and did not complete");
        }
        if (said >= budget && completions > 0) {
            watch.breaks(Marks.COMPLETE, "a poll used up its budget of " + budget + " and completed");
        }
        if (completions > 1) {
            watch.breaks(Marks.COMPLETE, "a poll completed " + completions + " times");
        }
        return said;
    }

    private void pollWithoutBudget(Cpu cpu) {
        int said = pollOnce(0, cpu);
        if (said != 0 || taken != 0 || completions != 0) {
            watch.breaks(
                    Marks.NO_BUDGET,
                    "a poll without a budget took " + taken + " packets, said " + said + " and completed " + completions
                            + " times");
        }
    }

    private int pollOnce(int budget, Cpu cpu) {
        taken = 0;
        completions = 0;
        polling = true;
        watch.enter("poll");
        try {
            return poll.poll(this, budget, cpu);
        } catch (RuntimeException | LinkageError e) {
            watch.breaks(Marks.NEVER_THROWS, "poll threw " + e);
            throw e;
        } finally {
            watch.leave();
            polling = false;
        }
    }

    // ---- the context, called by the driver

    @Override
    public boolean schedule(Cpu cpu) {
        return inner().schedule(cpu);
    }

    @Override
    public boolean complete(int workDone, Cpu cpu) {
        completions++;
        if (!polling) {
            watch.breaks(Marks.COMPLETE, "polling was completed outside of a poll");
        }
        received.beforeCompletion();
        return inner().complete(workDone, cpu);
    }

    @Override
    public void receive(SkBuff skb, Cpu cpu) {
        taken++;
        if (!polling) {
            watch.breaks(Marks.BUDGET, "a packet was handed up outside of a poll");
        }
        received.take(skb, seen, device, cpu);
        inner().receive(skb, cpu);
    }

    @Override
    public void enable() {
        inner().enable();
    }

    @Override
    public void disable() {
        watch.mayWait(Marks.NO_WAIT, "ends polls");
        inner().disable();
    }

    @Override
    public void consumeSent(SkBuff skb, int budget, Cpu cpu) {
        inner().consumeSent(skb, budget, cpu);
    }

    @Override
    public void remove() {
        inner().remove();
    }
}
