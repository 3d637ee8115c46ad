package dev.netstack4j.testkit.kit.socket;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.DeviceFlags;
import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDeviceOps;
import dev.netstack4j.api.device.NetDevices;
import dev.netstack4j.api.device.TxStatus;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.stack.Stack;
import java.util.ArrayDeque;
import java.util.Deque;

/// `kit0`: what leaves by it is freed at once, or held as by a ring whose cable is slow.
final class KitDevice implements NetDeviceOps {
    private static final MacAddress OWN = MacAddress.parse("02:00:00:00:00:01");

    private final Deque<SkBuff> held = new ArrayDeque<>();
    private final ConsumeReason gone;
    private final NetDevice device;
    private boolean holds;

    KitDevice(Stack stack) throws NetException {
        gone = stack.packets().ledger().consume("KIT_SENT", "sent to the kit");
        ControlLock control = stack.service(ControlLock.class);
        control.lock();
        try {
            NetDevices devices = stack.service(NetDevices.class);
            device = devices.alloc("kit%d", this);
            device.config().macAddress(OWN);
            device.config().flags(DeviceFlags.NOARP);
            devices.register(device);
        } finally {
            control.unlock();
        }
    }

    NetDevice device() {
        return device;
    }

    @Override
    public void open() {
        device.txQueue(0).start();
        device.carrier(true);
    }

    @Override
    public void stop() {
        holds = false;
    }

    @Override
    public TxStatus startXmit(SkBuff skb, boolean more, Cpu cpu) {
        if (holds) {
            held.addLast(skb);
        } else {
            skb.consume(gone, cpu);
        }
        return TxStatus.OK;
    }

    @Override
    public void stats(DeviceStats into) {}

    /// From now on nothing is freed.
    void hold() {
        holds = true;
    }

    /// What the packets that are held are charged with, in bytes.
    int heldBytes() {
        return held.stream().mapToInt(SkBuff::charged).sum();
    }

    /// Frees what was held, and holds nothing more.
    void letGo(Cpu cpu) {
        holds = false;
        while (!held.isEmpty()) {
            held.removeFirst().consume(gone, cpu);
        }
    }
}
