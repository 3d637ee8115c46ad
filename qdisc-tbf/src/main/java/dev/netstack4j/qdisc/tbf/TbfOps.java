package dev.netstack4j.qdisc.tbf;

import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.qdisc.Qdisc;
import dev.netstack4j.api.qdisc.QdiscContext;
import dev.netstack4j.api.qdisc.QdiscOps;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.spi.Options;
import jakarta.inject.Inject;

/// Makes a [Tbf] for each transmit queue.
final class TbfOps implements QdiscOps {
    private final Clock clock;
    private final TbfReasons reasons;

    @Inject
    TbfOps(Clock clock, PacketReasons reasons) {
        this.clock = clock;
        this.reasons = new TbfReasons(reasons);
    }

    @Override
    public Qdisc create(QdiscContext context, Options options) throws NetException {
        return new Tbf(TbfSettings.of(options), context.watchdog(), clock, reasons);
    }
}
