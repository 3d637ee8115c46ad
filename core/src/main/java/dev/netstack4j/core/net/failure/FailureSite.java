package dev.netstack4j.core.net.failure;

import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.statistics.Counter;
import org.jspecify.annotations.Nullable;

/// Stands around the code of one module: what it throws ends here.
public final class FailureSite {
    private static final System.Logger LOG = System.getLogger(FailureSite.class.getName());

    private final String owner;
    private final DropReason reason;
    private final Counter failures;
    private volatile boolean logged;

    FailureSite(String owner, DropReason reason, Counter failures) {
        this.owner = owner;
        this.reason = reason;
        this.failures = failures;
    }

    /// Whose code it is, with version where that is known.
    public String owner() {
        return owner;
    }

    /// Why packets are dropped that were lost in it.
    public DropReason reason() {
        return reason;
    }

    /// Counts a failure on the data path and logs the first one.
    public void failed(String where, Throwable thrown, Cpu cpu) {
        failures.increment(cpu);
        log(where, thrown);
    }

    /// Counts nothing, logs the first failure: for control paths.
    public void log(String where, Throwable thrown) {
        if (!logged) {
            logged = true;
            LOG.log(
                    System.Logger.Level.ERROR,
                    owner + " failed in " + where + "; later failures are only counted",
                    thrown);
        }
    }

    /// Counts and logs a failure, then drops the packet that it was called with, unless that has changed hands since.
    ///
    /// @param handovers the packet's count before the call
    public void failedWith(@Nullable SkBuff skb, int handovers, String where, Throwable thrown, Cpu cpu) {
        failed(where, thrown, cpu);
        reclaim(skb, handovers, cpu);
    }

    /// Drops a packet that nobody keeps.
    public void reclaim(@Nullable SkBuff skb, int handovers, Cpu cpu) {
        if (skb != null && skb.isLive() && !skb.isQueued() && skb.handovers() == handovers) {
            skb.drop(reason, cpu);
        }
    }

    /// Drops what is left in a list that should have been emptied.
    public void reclaim(SkBuffQueue left, Cpu cpu) {
        left.dropAll(reason, cpu);
    }
}
