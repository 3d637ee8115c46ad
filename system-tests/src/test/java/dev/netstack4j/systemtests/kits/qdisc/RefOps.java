package dev.netstack4j.systemtests.kits.qdisc;

import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.qdisc.Qdisc;
import dev.netstack4j.api.qdisc.QdiscContext;
import dev.netstack4j.api.qdisc.QdiscOps;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.spi.Options;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/// Makes [RefQdisc]s.
final class RefOps implements QdiscOps {
    final Clock clock;
    final DropReason full;
    final DropReason reset;
    final ConsumeReason wrong;

    @Nullable
    RefBucket shared;

    @Inject
    RefOps(Clock clock, PacketReasons reasons) {
        this.clock = clock;
        full = reasons.drop("REF_FULL", "the reference qdisc was full");
        reset = reasons.drop("REF_RESET", "the reference qdisc was emptied");
        wrong = reasons.consume("REF_WRONG", "ended by a defect");
    }

    @Override
    public Qdisc create(QdiscContext context, Options options) throws NetException {
        return new RefQdisc(this, context.watchdog(), check(options), Defect.valueOf(options.get(RefModule.DEFECT)));
    }

    static Options check(Options options) throws NetException {
        Defect defect = Defect.valueOf(options.get(RefModule.DEFECT));
        if (options.get(RefModule.LIMIT) > 0 || defect == Defect.TAKES_ALL_OPTIONS) {
            return options;
        }
        if (defect == Defect.THROWS_ARGUMENT) {
            throw new IllegalArgumentException("limit");
        }
        throw new NetException(Errno.EINVAL, "set up the reference qdisc: limit must be above 0");
    }
}
