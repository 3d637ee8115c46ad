package dev.netstack4j.systemtests.containment;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.device.Napi;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDeviceOps;
import dev.netstack4j.api.device.NetDevices;
import dev.netstack4j.api.device.TxStatus;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.stack.Stack;

/// A device whose driver throws when it sends, and when it is polled.
final class FaultyDevice implements NetDeviceOps {
    private final FaultyModule.Faults faults;
    final NetDevice device;
    final Napi napi;
    int polls;

    FaultyDevice(Stack stack, FaultyModule.Faults faults) throws NetException {
        this.faults = faults;
        ControlLock control = stack.service(ControlLock.class);
        control.lock();
        try {
            NetDevices devices = stack.service(NetDevices.class);
            device = devices.alloc("bad%d", this);
            device.config().macAddress(MacAddress.parse("02:00:00:00:0b:ad"));
            napi = device.addNapi("bad", this::poll, 64);
            devices.register(device);
        } finally {
            control.unlock();
        }
        stack.links().up(device);
    }

    private int poll(Napi polled, int budget, Cpu cpu) {
        polls++;
        faults.fault.strike();
        return 0;
    }

    @Override
    public void open() {
        napi.enable();
        device.txQueue(0).start();
        device.carrier(true);
    }

    @Override
    public void stop() {
        napi.disable();
    }

    @Override
    public TxStatus startXmit(SkBuff skb, boolean more, Cpu cpu) {
        faults.strike(skb, cpu);
        return TxStatus.OK;
    }

    @Override
    public void stats(DeviceStats into) {}
}
