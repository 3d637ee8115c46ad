package dev.netstack4j.core.net;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.link.LinkLayer;
import dev.netstack4j.api.link.RxHandler;
import dev.netstack4j.api.runtime.Context;
import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.core.net.device.Device;
import dev.netstack4j.core.net.device.RxHandlerEntry;
import dev.netstack4j.core.net.failure.HandlerFailures;
import dev.netstack4j.core.net.napi.Backlog;
import dev.netstack4j.core.net.receive.ReceivePath;
import dev.netstack4j.core.net.transmit.TransmitPath;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// The ways into and out of the link layer. Interrupt handlers may leave frames in the backlog; neither of the other
/// ways is open to them.
@Singleton
public final class LinkLayerPath implements LinkLayer {
    private final ReceivePath receive;
    private final TransmitPath transmit;
    private final Backlog backlog;
    private final HandlerFailures failures;
    private final ControlLock control;
    private final Cpus cpus;

    /// Injected.
    @Inject
    public LinkLayerPath(
            ReceivePath receive,
            TransmitPath transmit,
            Backlog backlog,
            HandlerFailures failures,
            ControlLock control,
            Cpus cpus) {
        this.receive = receive;
        this.transmit = transmit;
        this.backlog = backlog;
        this.failures = failures;
        this.control = control;
        this.cpus = cpus;
    }

    @Override
    public int devQueueXmit(SkBuff skb, Cpu cpu) {
        refuseInterrupts(cpu);
        return transmit.xmit(skb, cpu);
    }

    @Override
    public void netifReceive(SkBuff skb, Cpu cpu) {
        refuseInterrupts(cpu);
        receive.receive(skb, cpu);
    }

    @Override
    public boolean netifRx(SkBuff skb, Cpu cpu) {
        return backlog.add(skb, cpu);
    }

    private static void refuseInterrupts(Cpu cpu) {
        if (cpu.context() == Context.HARDIRQ) {
            throw new IllegalStateException("an interrupt handler must leave packets to a softirq");
        }
    }

    @Override
    public void rxHandler(NetDevice device, @Nullable RxHandler handler) throws NetException {
        control.assertHeld();
        if (!(device instanceof Device own)) {
            throw new NetException(Errno.ENODEV, "find device " + device);
        }
        if (handler != null && own.rxHandler() != null) {
            throw new NetException(Errno.EBUSY, "give " + device + " a second rx handler");
        }
        own.rxHandler(handler == null ? null : new RxHandlerEntry(handler, failures.ofObject(handler)));
        if (handler == null) {
            cpus.synchronizeNet();
        }
    }
}
