package dev.netstack4j.api.stack;

import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.ProvidedByCore;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.Wire;
import java.util.List;
import java.util.Map;

/// Buses, wires and devices of a stack. Process context, holding no CPU; takes the control lock itself. Options are
/// given as text and checked against the schema of the contribution.
@ProvidedByCore
public interface Hardware {
    /// Makes one end of a wire.
    ///
    /// @param kind a contributed kind, for example `cable` or `tap`
    /// @throws NetException ENOENT when nobody contributes the kind, EINVAL for bad options, otherwise what the wire
    ///     says
    Wire wire(String kind, Map<String, String> options) throws NetException;

    /// Plugs a device model into a bus (made on first use), joins it to a wire, and lets the matching driver take it.
    ///
    /// @param bus   a contributed kind, for example `emulated`
    /// @param model one of the bus's models
    /// @return the network device that the driver registered, still down
    /// @throws NetException ENODEV when no driver serves it; what the bus or driver says otherwise
    NetDevice plug(String bus, String model, Map<String, String> options, Wire wire) throws NetException;

    /// Makes a device that sits on no bus.
    ///
    /// @param kind a contributed kind ([dev.netstack4j.api.device.LinkOps]), for example `tap`
    /// @return the network device, down; [#unplug] removes it
    /// @throws NetException ENOENT when nobody contributes the kind, EINVAL for bad options, otherwise what the kind
    ///     says
    NetDevice link(String kind, Map<String, String> options) throws NetException;

    /// Lets the driver go and unplugs the device.
    void unplug(NetDevice device) throws NetException;

    /// Lets the driver go of a device and probes it again.
    ///
    /// @return the new network device, down
    NetDevice reprobe(NetDevice device) throws NetException;

    /// Lets something of a device break, for tests of drivers and of what is built on them.
    ///
    /// @param fault in the words of its bus; for `emulated`: `NAME[:COUNT|:TIME][@TIME]`, such as `lose-irq:3`,
    ///     `link-flap:200ms`, `hang-tx@5s`, several joined by `+`
    /// @throws NetException EOPNOTSUPP when its bus cannot, EINVAL with the words that there are, ENODEV for a device
    ///     that sits on no bus of this stack
    void inject(NetDevice device, String fault) throws NetException;

    /// Kinds of devices that sit on no bus.
    List<String> linkKinds();

    /// Kinds of wires.
    List<String> wires();

    /// Kinds of buses.
    List<String> buses();
}
