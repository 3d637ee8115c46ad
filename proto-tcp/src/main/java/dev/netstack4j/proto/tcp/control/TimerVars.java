package dev.netstack4j.proto.tcp.control;

import dev.netstack4j.api.runtime.Timer;
import org.jspecify.annotations.Nullable;

/// The three timers of a connection. A deadline of 0 means "off": the timer object may still be armed and then finds
/// nothing to do, so that arming and disarming in the data path write a field only. Written by timer.
public final class TimerVars {
    /// Bit of the retransmission and probe timer.
    public static final int RETRANSMIT = 1;
    /// Bit of the delayed acknowledgement timer.
    public static final int DELAYED_ACK = 2;
    /// Bit of the keep-alive and FIN-WAIT-2 timer.
    public static final int KEEP_ALIVE = 4;
    /// Deferred bit: memory in qdisc and ring was freed.
    public static final int SMALL_QUEUE = 8;

    /// Deferred bit: the listener closed before the connection was accepted.
    public static final int ABANDON = 16;

    /// Bit of the pacing timer.
    public static final int PACING = 32;

    /// What the first timer waits for.
    public enum Pending {
        /// Nothing.
        NONE,
        /// An acknowledgement.
        RETRANSMIT,
        /// An acknowledgement; before the timeout proper the tail is probed.
        LOSS_PROBE,
        /// A segment that may come late; before the timeout proper it is taken for lost.
        REORDER,
        /// A window.
        PROBE
    }

    /// What the first timer waits for.
    public Pending pending = Pending.NONE;
    /// When the first timer is due.
    public long retransmitNanos;
    /// When the delayed acknowledgement is due.
    public long delayedAckNanos;
    /// When the keep-alive timer is due.
    public long keepAliveNanos;
    /// The first timer, made when first needed.
    public @Nullable Timer retransmit;
    /// The delayed acknowledgement timer, made when first needed.
    public @Nullable Timer delayedAck;
    /// The keep-alive timer, made when first needed.
    public @Nullable Timer keepAlive;

    /// The pacing timer, made when first needed.
    public @Nullable Timer pacing;

    /// All off.
    public TimerVars() {}
}
