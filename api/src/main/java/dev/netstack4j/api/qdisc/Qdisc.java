package dev.netstack4j.api.qdisc;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.spi.Options;

/// One queueing discipline attached to one transmit queue. [#enqueue], [#dequeue] and [#reset] run under the qdisc's
/// lock, one at a time; process or softirq context. It touches neither headers nor hardware.
@ImplementedByExtensions
@Linux("include/net/sch_generic.h#Qdisc_ops")
public interface Qdisc {
    /// Takes a packet: keeps it, or drops it (or another one) with a reason. Each packet ends once: it is given, or
    /// dropped (QDISC-1).
    ///
    /// @return [XmitResult#SUCCESS] or [XmitResult#CN] when it kept the packet, [XmitResult#DROP] when it dropped it
    ///     (QDISC-2); the caller does not own the skb afterwards, whatever the result
    int enqueue(SkBuff skb, Cpu cpu);

    /// Moves packets that may leave now to the end of `into`, until `maxPackets` (QDISC-3) or `maxBytes` (the last one
    /// may go beyond, QDISC-4) is reached. Packets of one flow (same addresses, ports and priority) leave in the order
    /// in which they came (QDISC-6). Gives at least one while it holds any (QDISC-7), unless it must hold them back; it
    /// has armed its watchdog then.
    ///
    /// @return packets moved (QDISC-5)
    int dequeue(SkBuffQueue into, int maxPackets, int maxBytes, Cpu cpu);

    /// Moves all packets to `into` in the order in which they would leave, whether or not they may leave now (QDISC-8).
    /// Called before another qdisc takes its place; what it does not give up is dropped by [#reset]. A qdisc that holds
    /// packets back overrides this.
    ///
    /// @return packets moved
    default int drain(SkBuffQueue into, Cpu cpu) {
        int before = into.length();
        while (dequeue(into, Integer.MAX_VALUE, Integer.MAX_VALUE, cpu) > 0) {}
        return into.length() - before;
    }

    /// Packets held, exact at any time (QDISC-9).
    int length();

    /// Bytes held: the sum of the packets' lengths, exact at any time (QDISC-10).
    long backlogBytes();

    /// Drops all packets (QDISC-11) and forgets all state that depends on time. Also called before it is discarded.
    void reset(Cpu cpu);

    /// Whether a packet may go straight to the device when this qdisc is empty: it neither reorders, shapes nor drops.
    default boolean canBypass() {
        return false;
    }

    /// Changes options of the running qdisc, without losing packets. Process context under the control lock, and the
    /// qdisc's lock.
    default void change(Options options, Cpu cpu) throws NetException {
        throw new NetException(Errno.EOPNOTSUPP, "change this qdisc");
    }

    /// One line of its own state for people, such as tokens left.
    default String describe() {
        return "";
    }
}
