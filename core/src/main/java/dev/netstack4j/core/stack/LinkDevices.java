package dev.netstack4j.core.stack;

import dev.netstack4j.api.device.LinkContext;
import dev.netstack4j.api.device.LinkOps;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.core.registry.Contributed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The devices of one stack that sit on no bus, each with the kind that made it. Guarded by the control lock.
final class LinkDevices {
    private record Made(LinkOps ops, NetDevice device) {}

    private final LinkContext context;
    private final List<Made> all = new ArrayList<>();

    LinkDevices(LinkContext context) {
        this.context = context;
    }

    NetDevice make(Contributed<LinkOps> kind, Map<String, String> options) throws NetException {
        String attempted = "make a device of kind '" + kind.key() + "'";
        OptionTexts texts = new OptionTexts(attempted, options);
        texts.checkAllKnown(kind.schema());
        try {
            NetDevice device = kind.instance().create(context, texts.valuesFor(kind.schema()));
            all.add(new Made(kind.instance(), device));
            return device;
        } catch (RuntimeException | LinkageError e) {
            throw new NetException(Errno.EIO, attempted + ": it threw " + e, e);
        }
    }

    /// Removes a device.
    ///
    /// @return false: it was not made here
    boolean remove(NetDevice device) {
        for (Made m : all) {
            if (m.device() == device) {
                all.remove(m);
                m.ops().remove(device);
                return true;
            }
        }
        return false;
    }

    /// What is there now.
    List<NetDevice> devices() {
        return all.stream().map(Made::device).toList();
    }
}
