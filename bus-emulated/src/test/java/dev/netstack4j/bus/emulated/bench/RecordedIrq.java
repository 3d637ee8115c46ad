package dev.netstack4j.bus.emulated.bench;

import dev.netstack4j.api.hardware.Irq;
import dev.netstack4j.api.hardware.IrqHandler;
import dev.netstack4j.api.hardware.IrqLine;
import dev.netstack4j.testkit.fake.FakeTime;
import java.util.ArrayList;
import java.util.List;

/// An interrupt that writes down what its bus does.
public final class RecordedIrq implements IrqLine, Irq {
    public final String name;
    private final FakeTime time;
    /// Messages.
    public int raised;
    /// The level now.
    public boolean high;
    /// Changes to high.
    public int rises;
    /// When each message or rise came.
    public final List<Long> instants = new ArrayList<>();
    public boolean released;

    RecordedIrq(String name, FakeTime time) {
        this.name = name;
        this.time = time;
    }

    @Override
    public Irq irq() {
        return this;
    }

    @Override
    public void raise() {
        raised++;
        instants.add(time.nanos());
    }

    @Override
    public void level(boolean now) {
        if (now && !high) {
            rises++;
            instants.add(time.nanos());
        }
        high = now;
    }

    @Override
    public void release() {
        released = true;
    }

    @Override
    public int number() {
        return 0;
    }

    @Override
    public void request(String who, IrqHandler handler, boolean shared) {}

    @Override
    public void free(IrqHandler handler) {}

    @Override
    public void affinity(int cpuId) {}

    @Override
    public int affinity() {
        return 0;
    }

    @Override
    public long count() {
        return 0;
    }
}
