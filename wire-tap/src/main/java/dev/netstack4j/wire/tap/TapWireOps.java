package dev.netstack4j.wire.tap;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.hardware.WireContext;
import dev.netstack4j.api.hardware.WireOps;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.linux.tap.DescriptorWait;
import dev.netstack4j.linux.tap.Tap;
import dev.netstack4j.linux.tap.TapSettings;
import jakarta.inject.Inject;

/// Makes wires to TAP devices of the host kernel. CPU 0 waits for them.
final class TapWireOps implements WireOps {
    @Inject
    TapWireOps() {}

    @Override
    public boolean touchesOutside() {
        return true;
    }

    @Override
    public Wire create(WireContext context, Options options) throws NetException {
        TapSettings settings = TapOptions.of(options);
        Tap tap = Tap.open(settings);
        try {
            return new TapWire(context, settings, tap, DescriptorWait.of(context.cpus(), 0, context.sync()));
        } catch (NetException | RuntimeException e) {
            tap.close();
            throw e;
        }
    }
}
