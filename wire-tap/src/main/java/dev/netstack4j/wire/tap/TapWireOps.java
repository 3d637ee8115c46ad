package dev.netstack4j.wire.tap;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.hardware.WireContext;
import dev.netstack4j.api.hardware.WireOps;
import dev.netstack4j.api.spi.Options;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/// Makes wires to TAP devices of the host kernel. The first one takes over the idle wait of CPU 0.
final class TapWireOps implements WireOps {
    private static final String LINUX = "Linux";

    private @Nullable TapPoller poller; // written under the control lock

    @Inject
    TapWireOps() {}

    @Override
    public boolean touchesOutside() {
        return true;
    }

    @Override
    public Wire create(WireContext context, Options options) throws NetException {
        TapOptions wanted = TapOptions.of(options);
        if (!LINUX.equals(System.getProperty("os.name"))) {
            throw new NetException(
                    Errno.EOPNOTSUPP, "open the TAP device '" + wanted.name() + "' on a system that is not Linux");
        }
        TapPoller waiting = poller(context);
        return new TapWire(context, wanted, TapDevice.open(wanted), waiting);
    }

    private TapPoller poller(WireContext context) throws NetException {
        TapPoller p = poller;
        if (p == null) {
            p = new TapPoller(context.sync());
            poller = p;
            context.cpus().idleWith(0, p);
        }
        return p;
    }
}
