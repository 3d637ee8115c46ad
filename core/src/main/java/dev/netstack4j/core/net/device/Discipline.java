package dev.netstack4j.core.net.device;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.runtime.Cpu;

/// What stands between the stack and a transmit queue. A queue without one sends at once.
public abstract class Discipline {
    /// Result of [#xmit]: it has been replaced and did not touch the packet; ask the queue for its successor.
    public static final int REPLACED = Integer.MIN_VALUE;

    /// For the one subclass.
    protected Discipline() {}

    /// Takes a packet and sends what may be sent. Process or softirq context.
    ///
    /// @return a result of [dev.netstack4j.api.qdisc.XmitResult], or [#REPLACED] with the packet left to the caller
    public abstract int xmit(SkBuff skb, Cpu cpu);

    /// Has NET_TX send what may be sent. Any context on `cpu`.
    public abstract void schedule(Cpu cpu);
}
