package dev.netstack4j.testkit.fake;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.device.DeviceConfig;
import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.device.Napi;
import dev.netstack4j.api.device.NapiPoll;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDeviceOps;
import dev.netstack4j.api.device.TxQueue;
import dev.netstack4j.api.device.TxStatus;
import dev.netstack4j.api.runtime.Cpu;

/// A device that is up, and keeps what is sent through it.
public final class FakeNetDevice implements NetDevice {
    private final String name;
    private final int ifIndex;
    private final DeviceConfig config = new DeviceConfig();
    private final SkBuffQueue sent = new SkBuffQueue();
    private final FakeTxQueue queue = new FakeTxQueue();
    private boolean up = true;
    private boolean carrier = true;
    private NetDeviceOps ops = new Keeping();

    /// A device with a name and an index.
    public FakeNetDevice(String name, int ifIndex) {
        this.name = name;
        this.ifIndex = ifIndex;
    }

    /// Uses operations of the test instead of keeping what is sent.
    public void ops(NetDeviceOps newOps) {
        ops = newOps;
    }

    /// What was sent through its own operations; the test frees it.
    public SkBuffQueue sent() {
        return sent;
    }

    /// Takes it up or down.
    public void up(boolean value) {
        up = value;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int ifIndex() {
        return ifIndex;
    }

    @Override
    public NetDeviceOps ops() {
        return ops;
    }

    @Override
    public DeviceConfig config() {
        return config;
    }

    @Override
    public boolean isUp() {
        return up;
    }

    @Override
    public boolean hasCarrier() {
        return carrier;
    }

    @Override
    public void carrier(boolean present) {
        carrier = present;
    }

    @Override
    public TxQueue txQueue(int index) {
        return queue;
    }

    @Override
    public Napi addNapi(String napiName, NapiPoll poll, int weight) {
        throw new UnsupportedOperationException("use a FakeNapi in the test of a driver");
    }

    @Override
    public String toString() {
        return name;
    }

    private final class Keeping implements NetDeviceOps {
        @Override
        public void open() {}

        @Override
        public void stop() {}

        @Override
        public TxStatus startXmit(SkBuff skb, boolean more, Cpu cpu) {
            sent.addTail(skb);
            return TxStatus.OK;
        }

        @Override
        public void stats(DeviceStats into) {}
    }

    private static final class FakeTxQueue implements TxQueue {
        private boolean stopped;

        @Override
        public int index() {
            return 0;
        }

        @Override
        public void start() {
            stopped = false;
        }

        @Override
        public void stop() {
            stopped = true;
        }

        @Override
        public void wake(Cpu cpu) {
            stopped = false;
        }

        @Override
        public boolean isStopped() {
            return stopped;
        }
    }
}
