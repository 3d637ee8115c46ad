package dev.netstack4j.core.net;

import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.qdisc.QdiscStats;
import dev.netstack4j.api.qdisc.Qdiscs;
import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.core.net.device.Device;
import dev.netstack4j.core.net.device.QdiscChoice;
import dev.netstack4j.core.net.transmit.QdiscAttachment;
import dev.netstack4j.core.net.transmit.QdiscKinds;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/// Traffic control: which qdisc a device has, and what it has counted.
@Singleton
public final class QdiscControl implements Qdiscs {
    private final QdiscAttachment attachment;
    private final QdiscKinds kinds;
    private final ControlLock control;

    /// Injected.
    @Inject
    public QdiscControl(QdiscAttachment attachment, QdiscKinds kinds, ControlLock control) {
        this.attachment = attachment;
        this.kinds = kinds;
        this.control = control;
    }

    @Override
    public void replace(NetDevice device, String kind, Options options) throws NetException {
        control.lock();
        try {
            attachment.replace(own(device), new QdiscChoice(kind, options));
        } finally {
            control.unlock();
        }
    }

    @Override
    public void change(NetDevice device, Options options) throws NetException {
        control.lock();
        try {
            attachment.change(own(device), options);
        } finally {
            control.unlock();
        }
    }

    @Override
    public String kind(NetDevice device) {
        return device instanceof Device d ? attachment.choiceOf(d).kind() : QdiscKinds.NOQUEUE;
    }

    @Override
    public List<QdiscStats> stats(NetDevice device) {
        return device instanceof Device d ? attachment.stats(d) : List.of();
    }

    @Override
    public List<String> kinds() {
        return kinds.names();
    }

    @Override
    public Options.Builder options(String kind) throws NetException {
        return kinds.schema(kind).values();
    }

    private static Device own(NetDevice device) throws NetException {
        if (device instanceof Device d) {
            return d;
        }
        throw new NetException(Errno.ENODEV, "find device " + device);
    }
}
