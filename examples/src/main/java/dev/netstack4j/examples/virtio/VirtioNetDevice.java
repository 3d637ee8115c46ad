package dev.netstack4j.examples.virtio;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.DeviceFeatures;
import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.device.Napi;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDeviceOps;
import dev.netstack4j.api.device.TxStatus;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.DmaMapper;
import dev.netstack4j.api.hardware.IrqHandler;
import dev.netstack4j.api.hardware.IrqVectors;
import dev.netstack4j.api.runtime.Cpu;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One device as the stack sees it. Each step of opening notes how to undo it; a failure and `stop` undo them in
/// reverse. Not implemented: offloads, several pairs of queues, address filters.
final class VirtioNetDevice implements NetDeviceOps {
    private static final int CONFIG_VECTOR = 0;
    private static final int QUEUE_VECTOR = 1;
    private static final int MOST_DESCRIPTORS = 256;
    private static final int LEAST_MTU = 68;
    private static final int MOST_MTU = 1500;
    private static final int WEIGHT = 64;

    private final VirtioPci virtio;
    private final DmaMapper dma;
    private final IrqVectors vectors;
    private final VirtioNetDriver.Services services;
    private final NetDevice device;
    private final Napi napi;
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private final DeviceStats closed = new DeviceStats();
    private volatile @Nullable DataPath running;

    VirtioNetDevice(VirtioPci virtio, DmaMapper dma, IrqVectors vectors, VirtioNetDriver.Services services) {
        this.virtio = virtio;
        this.dma = dma;
        this.vectors = vectors;
        this.services = services;
        device = services.netDevices().alloc("eth%d", this);
        device.config().macAddress(virtio.macAddress());
        device.config().mtuRange(LEAST_MTU, MOST_MTU);
        device.config().hardwareFeatures(DeviceFeatures.GRO);
        napi = device.addNapi("virtio-net", (_, budget, cpu) -> poll(budget, cpu), WEIGHT);
    }

    void register() throws NetException {
        services.netDevices().register(device);
    }

    void unregister() {
        services.netDevices().unregister(device);
        napi.remove();
        vectors.free();
    }

    @Override
    public void open() throws NetException {
        try {
            openSteps();
        } catch (NetException | RuntimeException e) {
            stop();
            throw e;
        }
    }

    private void openSteps() throws NetException {
        virtio.negotiate(VirtioPci.NETWORK_MAC | VirtioPci.NETWORK_STATUS);
        RxQueue rx = new RxQueue(queueSize(RxQueue.QUEUE), dma, services);
        undo.push(() -> withCpu(rx::discard));
        SendQueue tx = new SendQueue(queueSize(SendQueue.QUEUE), dma, services);
        undo.push(() -> withCpu(tx::discard));
        undo.push(this::halt);
        DataPath path = new DataPath(virtio, device, napi, rx, tx, QUEUE_VECTOR);
        request(CONFIG_VECTOR, path::configChanged);
        request(QUEUE_VECTOR, path::queueHasNews);
        napi.enable();
        undo.push(napi::disable);
        running = path;
        undo.push(this::quiesce);
        virtio.start(CONFIG_VECTOR);
        withCpu(path::offerEmpty);
        device.txQueue(0).start();
        device.carrier(virtio.isLinkUp());
    }

    private int queueSize(int queue) {
        return Math.min(MOST_DESCRIPTORS, virtio.queueSize(queue));
    }

    private void request(int vector, IrqHandler handler) throws NetException {
        vectors.irqs().get(vector).request(device.name(), handler, false);
        undo.push(() -> vectors.irqs().get(vector).free(handler));
    }

    private void withCpu(Consumer<Cpu> work) {
        Cpu cpu = services.cpus().enter();
        try {
            work.accept(cpu);
        } finally {
            services.cpus().leave(cpu);
        }
    }

    /// From here on nothing is sent.
    private void quiesce() {
        DataPath path = running;
        running = null;
        services.cpus().synchronizeNet();
        device.txQueue(0).stop();
        device.carrier(false);
        if (path != null) {
            path.addTo(closed);
        }
    }

    /// From here on the device touches no memory.
    private void halt() {
        try {
            virtio.reset();
        } catch (NetException e) {
            System.getLogger(VirtioNetDevice.class.getName())
                    .log(System.Logger.Level.WARNING, device.name() + " was not reset: it is gone or broken", e);
        }
    }

    @Override
    public void stop() {
        while (!undo.isEmpty()) {
            undo.pop().run();
        }
    }

    private int poll(int budget, Cpu cpu) {
        DataPath path = running;
        if (path != null) {
            return path.poll(budget, cpu);
        }
        napi.complete(0, cpu);
        return 0;
    }

    @Override
    public TxStatus startXmit(SkBuff skb, boolean more, Cpu cpu) {
        DataPath path = running;
        return path == null ? TxStatus.BUSY : path.startXmit(skb, more, cpu);
    }

    @Override
    public void stats(DeviceStats into) {
        into.rxPackets += closed.rxPackets;
        into.rxBytes += closed.rxBytes;
        into.txPackets += closed.txPackets;
        into.txBytes += closed.txBytes;
        DataPath path = running;
        if (path != null) {
            path.addTo(into);
        }
    }
}
