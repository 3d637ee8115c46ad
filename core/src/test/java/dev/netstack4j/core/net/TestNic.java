package dev.netstack4j.core.net;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDeviceOps;
import dev.netstack4j.api.device.RxMode;
import dev.netstack4j.api.device.TxStatus;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.Context;
import dev.netstack4j.api.runtime.Cpu;
import java.util.ArrayList;
import java.util.List;

/// A driver that keeps what it is given, as long as it has room.
final class TestNic implements NetDeviceOps {
    final SkBuffQueue ring = new SkBuffQueue();
    final List<Integer> sent = new ArrayList<>();
    final List<Boolean> mores = new ArrayList<>();
    final List<Context> contexts = new ArrayList<>();
    final List<String> calls = new ArrayList<>();
    int room = Integer.MAX_VALUE;
    int starts;
    boolean stopWhenFull;
    boolean inStart;
    boolean entered;
    boolean startedWhileStopped;
    int selected = -1;
    Runnable onStart = () -> {};

    List<Integer> sent() {
        return sent;
    }

    @Override
    public void open() throws NetException {
        calls.add("open");
    }

    @Override
    public void stop() {
        calls.add("stop");
    }

    @Override
    public TxStatus startXmit(SkBuff skb, boolean more, Cpu cpu) {
        starts++;
        entered |= inStart;
        inStart = true;
        onStart.run();
        inStart = false;
        NetDevice device = skb.dev();
        startedWhileStopped |=
                device != null && device.txQueue(skb.queueMapping()).isStopped();
        if (ring.length() >= room) {
            return TxStatus.BUSY;
        }
        sent.add(skb.mark());
        mores.add(more);
        contexts.add(cpu.context());
        int queue = skb.queueMapping();
        ring.addTail(skb);
        if (stopWhenFull && ring.length() >= room && device != null) {
            device.txQueue(queue).stop();
        }
        return TxStatus.OK;
    }

    /// The device has sent everything.
    void complete(SentPacketsQueue done, Cpu cpu) {
        for (SkBuff skb = ring.poll(); skb != null; skb = ring.poll()) {
            done.consume(skb, cpu);
        }
    }

    @Override
    public void stats(DeviceStats into) {
        calls.add("stats");
        into.txPackets = sent.size();
    }

    @Override
    public void setRxMode(RxMode mode) {
        calls.add("rx promiscuous=" + mode.promiscuous() + " groups=" + mode.groups());
    }

    @Override
    public void setMacAddress(MacAddress address) {
        calls.add("mac " + address);
    }

    @Override
    public void changeMtu(int bytes) {
        calls.add("mtu " + bytes);
    }

    @Override
    public void setFeatures(long features) {
        calls.add("features " + features);
    }

    @Override
    public void vlanFilter(int id, boolean wanted) {
        calls.add("vlan " + id + " " + wanted);
    }

    @Override
    public int selectQueue(SkBuff skb, Cpu cpu) {
        return selected;
    }

    @Override
    public void txTimeout(int queue) {
        calls.add("timeout " + queue);
    }
}
