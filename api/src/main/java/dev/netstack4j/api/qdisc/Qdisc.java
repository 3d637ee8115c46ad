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
/// lock, one at a time; process or softirq context. It touches neither headers nor hardware, and changes nothing of a
/// packet but its control block and time stamp (QDISC-15), unless [EcnMarker] does; what it gave it never touches again
/// (QDISC-17). It needs no memory to go on (QDISC-16), makes no objects for a packet (QDISC-33), never waits
/// (QDISC-32), and uses a CPU only within the call that brought it (QDISC-31). Time and chance come from what its
/// [QdiscOps] injects (QDISC-34), and only differences of time matter. Two qdiscs of one kind share nothing (QDISC-35).
@ImplementedByExtensions
@Linux("include/net/sch_generic.h#Qdisc_ops")
public interface Qdisc {
    /// Takes a packet: keeps it, or drops it (or another one) with a reason. Each packet ends once: it is given, or
    /// dropped (QDISC-1). Any packet may come: without bytes, as long as it gets, in fragments, shared, of any
    /// priority, with any content (QDISC-14). A limit is what it holds, and no more: it drops when one more comes
    /// (QDISC-13).
    ///
    /// @return [XmitResult#SUCCESS] or [XmitResult#CN] when it kept the packet, [XmitResult#DROP] when it dropped it
    ///     (QDISC-2), [XmitResult#CN] when it kept it and dropped another one (QDISC-12); the caller does not own the
    ///     skb afterwards, whatever the result
    int enqueue(SkBuff skb, Cpu cpu);

    /// Moves packets that may leave now to the end of `into`, until `maxPackets` (QDISC-3) or `maxBytes` (the last one
    /// may go beyond, QDISC-4) is reached. Packets of one flow (same addresses, ports and priority) leave in the order
    /// in which they came (QDISC-6). Gives at least one while it holds any (QDISC-7), unless it must hold them back; it
    /// has armed its watchdog then (QDISC-18), for the first instant at which one may leave (QDISC-19). One that keeps
    /// to a rate gives no more than that beyond its burst (QDISC-20), and no less while it has packets (QDISC-21).
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

    /// Drops all packets (QDISC-11), takes the request to its watchdog back (QDISC-22), and forgets all state that
    /// depends on time: it goes on as a new one would (QDISC-23). Also called before it is discarded.
    void reset(Cpu cpu);

    /// Whether a packet may go straight to the device when this qdisc is empty: it neither shapes nor drops then, so
    /// that one that came alone would be given at once (QDISC-24). The same at any time.
    default boolean canBypass() {
        return false;
    }

    /// Bytes of the longest packet that it takes. What stands for several packets and is longer is cut by core before
    /// [#enqueue]. Under the qdisc's lock.
    default int longestPacket() {
        return Integer.MAX_VALUE;
    }

    /// Changes options of the running qdisc, without losing packets (QDISC-25), and works by them from now on
    /// (QDISC-26). Process context under the control lock, and the qdisc's lock. The caller asks for packets
    /// afterwards.
    ///
    /// @throws NetException EOPNOTSUPP when it cannot be changed (QDISC-27), EINVAL when the options make no sense
    ///     together; it goes on as before then (QDISC-28)
    default void change(Options options, Cpu cpu) throws NetException {
        throw new NetException(Errno.EOPNOTSUPP, "change this qdisc");
    }

    /// One line of its own state for people, such as tokens left. Changes nothing (QDISC-30).
    default String describe() {
        return "";
    }
}
