package dev.netstack4j.systemtests.exploration;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDeviceOps;
import dev.netstack4j.api.device.NetDevices;
import dev.netstack4j.api.device.TxStatus;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.link.EtherType;
import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.stack.Stack;

/// A device that counts what it is given and sends nothing: nobody answers.
final class SilentNic implements NetDeviceOps {
    final NetDevice device;
    private final ConsumeReason done;
    int packets; // of IPv4; changed under the transmit lock

    SilentNic(Stack stack) throws NetException {
        done = stack.service(PacketReasons.class).consume("SILENT_SENT", "given to the silent device");
        ControlLock control = stack.service(ControlLock.class);
        control.lock();
        try {
            NetDevices devices = stack.service(NetDevices.class);
            device = devices.alloc("silent%d", this);
            device.config().macAddress(MacAddress.parse("02:00:00:00:00:51"));
            devices.register(device);
        } finally {
            control.unlock();
        }
    }

    @Override
    public void open() {
        device.txQueue(0).start();
        device.carrier(true);
    }

    @Override
    public void stop() {}

    @Override
    public TxStatus startXmit(SkBuff skb, boolean more, Cpu cpu) {
        packets += skb.protocol() == EtherType.IPV4 ? 1 : 0;
        skb.consume(done, cpu);
        return TxStatus.OK;
    }

    @Override
    public void stats(DeviceStats into) {}
}
