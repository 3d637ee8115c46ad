package dev.netstack4j.api.qdisc;

import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.ProvidedByCore;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.spi.Options;
import java.util.List;

/// Traffic control of one stack. Process context, holding no CPU.
@ProvidedByCore
public interface Qdiscs {
    /// Attaches a new qdisc of that kind to every transmit queue of a device. Packets of the old one are moved to the
    /// new one in order; those that do not fit are dropped with a reason.
    ///
    /// @param kind a contributed kind, or `noqueue`
    /// @throws NetException ENOENT when nobody contributes the kind, EINVAL for bad options
    void replace(NetDevice device, String kind, Options options) throws NetException;

    /// Changes options of the present qdiscs.
    void change(NetDevice device, Options options) throws NetException;

    /// Kind of the qdisc of a device.
    String kind(NetDevice device);

    /// Statistics of each queue of a device.
    List<QdiscStats> stats(NetDevice device);

    /// Kinds that can be attached.
    List<String> kinds();

    /// A builder for the options of a kind.
    ///
    /// @throws NetException ENOENT when nobody contributes the kind
    Options.Builder options(String kind) throws NetException;
}
