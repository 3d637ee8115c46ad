package dev.netstack4j.core.net.steering;

import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.PacketSteering;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.runtime.Cpus;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.function.UnaryOperator;

/// What users set about steering.
@Singleton
public final class SteeringControl implements PacketSteering {
    private static final int MOST_QUEUES = 64;
    private static final int MOST_FLOWS = 1 << 20;

    private final Steering steering;
    private final ControlLock control;
    private final int cpuCount;

    /// Injected.
    @Inject
    public SteeringControl(Steering steering, ControlLock control, Cpus cpus) {
        this.steering = steering;
        this.control = control;
        this.cpuCount = cpus.count();
    }

    @Override
    public long rpsCpus(NetDevice device, int queue) {
        return steering.of(device.ifIndex(), queue).mask;
    }

    @Override
    public void rpsCpus(NetDevice device, int queue, long mask) throws NetException {
        if (cpuCount < Long.SIZE && mask >>> cpuCount != 0) {
            throw new NetException(
                    Errno.EINVAL,
                    "spread packets of " + device + " over CPUs 0x" + Long.toHexString(mask) + " (there are " + cpuCount
                            + ")");
        }
        change(device, queue, s -> s.withMask(mask));
    }

    @Override
    public int rpsFlowCount(NetDevice device, int queue) {
        return steering.of(device.ifIndex(), queue).flows;
    }

    @Override
    public void rpsFlowCount(NetDevice device, int queue, int flows) throws NetException {
        if (flows < 0 || flows > MOST_FLOWS) {
            throw new NetException(
                    Errno.EINVAL,
                    "follow " + flows + " flows of " + device + " (0 to " + MOST_FLOWS + " are possible)");
        }
        change(device, queue, s -> s.withFlows(flows == 0 ? 0 : SockFlowTable.powerOfTwo(flows)));
    }

    private void change(NetDevice device, int queue, UnaryOperator<QueueSteering> how) throws NetException {
        if (queue < 0 || queue >= MOST_QUEUES) {
            throw new NetException(Errno.EINVAL, "find receive queue " + queue + " of " + device);
        }
        control.lock();
        try {
            steering.set(device.ifIndex(), queue, how.apply(steering.of(device.ifIndex(), queue)));
        } finally {
            control.unlock();
        }
    }
}
