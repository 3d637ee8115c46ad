package dev.netstack4j.qdisc.pfifofast;

import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.qdisc.Qdisc;
import dev.netstack4j.api.qdisc.QdiscContext;
import dev.netstack4j.api.qdisc.QdiscOps;
import dev.netstack4j.api.spi.Options;
import jakarta.inject.Inject;

/// Makes a [PfifoFast] for each transmit queue. Its length is the device's, so it has no options of its own.
final class PfifoFastOps implements QdiscOps {
    private final DropReason full;
    private final DropReason reset;

    @Inject
    PfifoFastOps(PacketReasons reasons) {
        full = reasons.drop("QDISC_DROP", "the queueing discipline was full");
        reset = reasons.drop("QDISC_RESET", "the queueing discipline was emptied");
    }

    @Override
    public Qdisc create(QdiscContext context, Options options) throws NetException {
        int length = context.device().config().txQueueLength();
        if (length <= 0) {
            throw new NetException(
                    Errno.EINVAL,
                    "attach pfifo_fast to " + context.device().name() + ", whose transmit queue length is " + length);
        }
        return new PfifoFast(length, full, reset);
    }
}
