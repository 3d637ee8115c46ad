package dev.netstack4j.core.net.transmit;

import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.qdisc.Qdisc;
import dev.netstack4j.api.qdisc.QdiscOps;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.core.net.device.Device;
import dev.netstack4j.core.net.device.DeviceTxQueue;
import dev.netstack4j.core.net.device.QdiscChoice;
import dev.netstack4j.core.net.failure.FailureSite;
import dev.netstack4j.core.net.failure.HandlerFailures;
import dev.netstack4j.core.registry.Contributed;
import dev.netstack4j.core.registry.ContributionTable;
import dev.netstack4j.core.registry.CorePoints;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The kinds of qdisc that there are, and how one is made.
@Singleton
public final class QdiscKinds {
    /// No qdisc: packets go straight to the driver.
    public static final String NOQUEUE = "noqueue";

    private static final String FIFO = "pfifo";
    private static final String PREFERRED = "pfifo_fast";

    private final ContributionTable contributions;
    private final QdiscServices services;
    private final HandlerFailures failures;
    private final DropReason full;

    /// Injected.
    @Inject
    public QdiscKinds(
            ContributionTable contributions, QdiscServices services, HandlerFailures failures, PacketReasons reasons) {
        this.contributions = contributions;
        this.services = services;
        this.failures = failures;
        full = reasons.drop("QDISC_DROP", "the queueing discipline was full");
    }

    /// A kind that can be made.
    private record Kind(QdiscOps ops, OptionSchema schema, String owner) {}

    /// All kinds but `noqueue`, by name.
    private Map<String, Kind> all() {
        Map<String, Kind> kinds = new TreeMap<>();
        QdiscOps fifo = (context, options) -> new FifoQdisc(context.device().config(), full);
        kinds.put(FIFO, new Kind(fifo, OptionSchema.NONE, "core"));
        for (Contributed<QdiscOps> c : contributions.all(CorePoints.QDISC)) {
            kinds.put(c.key(), new Kind(c.instance(), c.schema(), c.owner()));
        }
        return kinds;
    }

    /// Names of all kinds.
    public List<String> names() {
        List<String> names = new ArrayList<>(all().keySet());
        names.add(NOQUEUE);
        names.sort(null);
        return names;
    }

    private Kind find(String name) throws NetException {
        Kind kind = all().get(name);
        if (kind == null) {
            throw new NetException(
                    Errno.ENOENT, "find qdisc '" + name + "' (there are " + String.join(", ", names()) + ")");
        }
        return kind;
    }

    /// The options of a kind.
    ///
    /// @throws NetException ENOENT when there is no such kind
    public OptionSchema schema(String name) throws NetException {
        return name.equals(NOQUEUE) ? OptionSchema.NONE : find(name).schema();
    }

    /// What a device gets that nobody chose a qdisc for.
    public QdiscChoice defaultFor(Device device) {
        if (device.config().txQueueLength() == 0) {
            return new QdiscChoice(NOQUEUE, Options.NONE);
        }
        Kind preferred = all().get(PREFERRED);
        return preferred == null
                ? new QdiscChoice(FIFO, Options.NONE)
                : new QdiscChoice(PREFERRED, preferred.schema().values().build());
    }

    /// Makes a qdisc for one transmit queue; not `noqueue`.
    ///
    /// @throws NetException ENOENT when there is no such kind, EINVAL for bad options, EIO when the module threw
    public AttachedQdisc make(QdiscChoice choice, DeviceTxQueue queue) throws NetException {
        Kind kind = find(choice.kind());
        FailureSite site = failures.of(kind.owner());
        AttachmentContext context = new AttachmentContext(queue, new WatchdogTimer(services.timers()));
        try {
            Qdisc qdisc = kind.ops().create(context, choice.options());
            return new AttachedQdisc(choice.kind(), qdisc, context, services, site);
        } catch (IllegalArgumentException e) {
            throw new NetException(Errno.EINVAL, "attach qdisc " + choice.kind() + ": " + e.getMessage(), e);
        } catch (RuntimeException | LinkageError e) {
            site.log("create", e);
            throw new NetException(Errno.EIO, "attach qdisc " + choice.kind(), e);
        }
    }
}
