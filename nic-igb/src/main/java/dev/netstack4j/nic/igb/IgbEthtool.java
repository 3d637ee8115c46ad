package dev.netstack4j.nic.igb;

import dev.netstack4j.api.device.EthtoolOps;
import dev.netstack4j.api.device.PauseParameters;
import dev.netstack4j.api.device.ReceiveSteering;
import dev.netstack4j.api.device.RingParameters;
import dev.netstack4j.api.error.NetException;

/// Ring sizes, number of queues, moderation, flow control, steering, speed. Process context under the control lock.
final class IgbEthtool implements EthtoolOps, ReceiveSteering {
    private final IgbDevice device;
    private final Chip chip;

    IgbEthtool(IgbDevice device, Chip chip) {
        this.device = device;
        this.chip = chip;
    }

    @Override
    public RingParameters rings() {
        IgbSettings now = device.settings();
        return new RingParameters(now.rx(), now.tx(), IgbOptions.LEAST_RING, IgbOptions.MOST_RING);
    }

    @Override
    public void setRings(int rx, int tx) throws NetException {
        int newRx = IgbOptions.ring(rx, "receive");
        int newTx = IgbOptions.ring(tx, "transmit");
        device.change(device.settings().withRings(newRx, newTx));
    }

    @Override
    public int channels() {
        return device.vectors().queues();
    }

    @Override
    public void setChannels(int pairs) throws NetException {
        device.change(device.settings().withQueues(IgbOptions.queues(pairs)));
    }

    @Override
    public long coalesceNanos() {
        return device.settings().coalesceNanos();
    }

    @Override
    public void setCoalesceNanos(long nanos) throws NetException {
        device.coalesce(IgbOptions.coalesce(nanos));
    }

    @Override
    public PauseParameters pause() {
        return new PauseParameters(
                device.settings().rxPause(), device.settings().txPause());
    }

    @Override
    public void setPause(boolean rx, boolean tx) throws NetException {
        device.pause(rx, tx);
    }

    @Override
    public ReceiveSteering receiveSteering() {
        return this;
    }

    @Override
    public int speedMbps() {
        return chip.speedMbps();
    }

    @Override
    public String driverInfo() {
        return "igb: Intel 82576, NAPI, " + channels() + " queue pairs, "
                + device.vectors().scheme().kind();
    }

    // ---- steering

    @Override
    public byte[] key() {
        return device.rss().key();
    }

    @Override
    public void setKey(byte[] key) throws NetException {
        device.rss().key(key);
        device.applyRss();
    }

    @Override
    public int[] indirection() {
        return device.rss().table();
    }

    @Override
    public void setIndirection(int[] table) throws NetException {
        device.rss().table(table, channels());
        device.applyRss();
    }

    @Override
    public int queueCpu(int queue) throws NetException {
        return device.vectors().cpu(queue);
    }

    @Override
    public void setQueueCpu(int queue, int cpuId) throws NetException {
        device.vectors().cpu(queue, cpuId);
    }
}
