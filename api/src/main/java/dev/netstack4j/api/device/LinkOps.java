package dev.netstack4j.api.device;

import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.api.spi.PlugPoint;

/// A kind of network device that sits on no bus: it is made by software, such as one that is a TAP of the host kernel.
/// One per stack, injected. Process context under the control lock, holding no CPU.
@ImplementedByExtensions
@Linux("include/net/rtnetlink.h#rtnl_link_ops")
public interface LinkOps {
    /// Where kinds are contributed; key: the kind.
    PlugPoint<LinkOps> POINT = PlugPoint.exclusive("link-kind", LinkOps.class);

    /// Makes a device and registers it, which is the last step.
    ///
    /// @return the device, down
    /// @throws NetException when something cannot be had; all that was taken has been given back
    @Linux("include/net/rtnetlink.h#rtnl_link_ops")
    NetDevice create(LinkContext context, Options options) throws NetException;

    /// Unregisters a device that [#create] made, and gives everything back. The device may be up.
    void remove(NetDevice device);

    /// Whether its devices touch the world outside, which a virtual-time stack refuses.
    boolean touchesOutside();
}
