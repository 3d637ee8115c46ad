package dev.netstack4j.nic.e1000;

import dev.netstack4j.api.device.CoalesceParameters;
import dev.netstack4j.api.device.Coalescing;
import dev.netstack4j.api.device.EthtoolOps;
import dev.netstack4j.api.device.PauseParameters;
import dev.netstack4j.api.device.RingParameters;
import dev.netstack4j.api.error.NetException;

/// Ring sizes, moderation, flow control, speed. Process context under the control lock.
final class E1000Ethtool implements EthtoolOps, Coalescing {
    private final E1000Device device;
    private final Chip chip;

    E1000Ethtool(E1000Device device, Chip chip) {
        this.device = device;
        this.chip = chip;
    }

    @Override
    public RingParameters rings() {
        E1000Settings now = device.settings();
        return new RingParameters(now.rx(), now.tx(), E1000Options.LEAST_RING, E1000Options.MOST_RING);
    }

    @Override
    public void setRings(int rx, int tx) throws NetException {
        int newRx = E1000Options.ring(rx, "receive");
        int newTx = E1000Options.ring(tx, "transmit");
        device.change(device.settings().withRings(newRx, newTx));
    }

    @Override
    public int channels() {
        return 1;
    }

    @Override
    public long coalesceNanos() {
        return parameters().intervalNanos();
    }

    @Override
    public void setCoalesceNanos(long nanos) throws NetException {
        set(parameters().withInterval(nanos));
    }

    @Override
    public Coalescing coalescing() {
        return this;
    }

    @Override
    public CoalesceParameters parameters() {
        return device.settings().coalesce();
    }

    @Override
    public void set(CoalesceParameters parameters) throws NetException {
        device.coalesce(E1000Options.coalesce(parameters));
    }

    @Override
    public PauseParameters pause() {
        E1000Settings now = device.settings();
        return new PauseParameters(now.rxPause(), now.txPause());
    }

    @Override
    public void setPause(boolean rx, boolean tx) {
        device.pause(rx, tx);
    }

    @Override
    public int speedMbps() {
        return chip.speedMbps();
    }

    @Override
    public String driverInfo() {
        return "e1000: Intel 82540EM, NAPI, one queue pair";
    }
}
