package dev.netstack4j.api.device;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.ProvidedByCore;
import dev.netstack4j.api.runtime.Cpu;

/// A polling context of a driver: at most one poll of it runs at any time.
@ProvidedByCore
@Linux("include/linux/netdevice.h#napi_struct")
public interface Napi {
    /// Asks for a poll on `cpu` and raises NET_RX. Hardirq or softirq context. Nothing happens when one is scheduled
    /// already or the context is disabled.
    ///
    /// @return whether this call scheduled it: the handler then keeps the device's interrupt masked
    @Linux("net/core/dev.c#napi_schedule_prep")
    boolean schedule(Cpu cpu);

    /// Ends polling after a poll that did less than its budget. Within [NapiPoll#poll]. What came meanwhile must cause
    /// another interrupt when the driver unmasks (NDO-46).
    ///
    /// @return true: the driver unmasks the interrupt; false: another poll is coming, leave it masked
    @Linux("net/core/dev.c#napi_complete_done")
    boolean complete(int workDone, Cpu cpu);

    /// Hands up a received packet; takes the skb. Within [NapiPoll#poll]; device, protocol, kind and checksum state are
    /// set and the Ethernet header was pulled (NDO-33; [dev.netstack4j.api.link.EthernetHeader#typeTrans]). The bytes
    /// are those of the frame (NDO-31); they are not mapped any more (NDO-34) and the driver leaves them alone
    /// (NDO-35). Frames keep their order, and each is handed up once (NDO-32). Damaged ones never are (NDO-37), and
    /// those of any make do no harm (NDO-36). UNNECESSARY says that the checksum is right (NDO-45). Want of memory
    /// (NDO-39) or of mappings (NDO-40) loses frames only as long as it lasts.
    @Linux("net/core/gro.c#napi_gro_receive")
    void receive(SkBuff skb, Cpu cpu);

    /// Lets polls happen. From `open`.
    void enable();

    /// Ends polls: returns when none runs and none will. Process context, holding no CPU.
    void disable();

    /// Frees a packet that was sent: in a poll at once, in hardirq context through the completion queue.
    ///
    /// @param budget the poll's budget; 0 outside a poll
    @Linux("net/core/skbuff.c#napi_consume_skb")
    void consumeSent(SkBuff skb, int budget, Cpu cpu);

    /// Removes it from its device; disabled before. Process context under the control lock.
    void remove();
}
