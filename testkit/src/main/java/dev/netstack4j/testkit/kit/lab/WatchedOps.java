package dev.netstack4j.testkit.kit.lab;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.device.NetDeviceOps;
import dev.netstack4j.api.device.RxMode;
import dev.netstack4j.api.device.TxStatus;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.Cpu;

/// The operations of a driver, called by core and by the kit alike: what they throw, though they may not, is noticed.
final class WatchedOps implements NetDeviceOps {
    private final NetDeviceOps inner;
    private final Watch watch;

    WatchedOps(NetDeviceOps inner, Watch watch) {
        this.inner = inner;
        this.watch = watch;
    }

    private RuntimeException threw(String what, RuntimeException e) {
        watch.breaks(Marks.NEVER_THROWS, what + " threw " + e);
        return e;
    }

    @Override
    public void open() throws NetException {
        try {
            inner.open();
        } catch (RuntimeException e) {
            throw threw("open", e);
        }
    }

    @Override
    public void stop() {
        try {
            inner.stop();
        } catch (RuntimeException e) {
            throw threw("stop", e);
        }
    }

    @Override
    public TxStatus startXmit(SkBuff skb, boolean more, Cpu cpu) {
        watch.enter("startXmit");
        try {
            return inner.startXmit(skb, more, cpu);
        } catch (RuntimeException e) {
            throw threw("startXmit", e);
        } finally {
            watch.leave();
        }
    }

    @Override
    public void stats(DeviceStats into) {
        try {
            inner.stats(into);
        } catch (RuntimeException e) {
            throw threw("stats", e);
        }
    }

    @Override
    public void setRxMode(RxMode mode) {
        try {
            inner.setRxMode(mode);
        } catch (RuntimeException e) {
            throw threw("setRxMode", e);
        }
    }

    @Override
    public void setMacAddress(MacAddress address) throws NetException {
        try {
            inner.setMacAddress(address);
        } catch (RuntimeException e) {
            throw threw("setMacAddress", e);
        }
    }

    @Override
    public void changeMtu(int bytes) throws NetException {
        try {
            inner.changeMtu(bytes);
        } catch (RuntimeException e) {
            throw threw("changeMtu", e);
        }
    }

    @Override
    public int selectQueue(SkBuff skb, Cpu cpu) {
        watch.enter("selectQueue");
        try {
            return inner.selectQueue(skb, cpu);
        } catch (RuntimeException e) {
            throw threw("selectQueue", e);
        } finally {
            watch.leave();
        }
    }

    @Override
    public void setFeatures(long features) throws NetException {
        try {
            inner.setFeatures(features);
        } catch (RuntimeException e) {
            throw threw("setFeatures", e);
        }
    }

    @Override
    public void vlanFilter(int id, boolean wanted) {
        try {
            inner.vlanFilter(id, wanted);
        } catch (RuntimeException e) {
            throw threw("vlanFilter", e);
        }
    }

    @Override
    public void txTimeout(int queue) {
        try {
            inner.txTimeout(queue);
        } catch (RuntimeException e) {
            throw threw("txTimeout", e);
        }
    }
}
