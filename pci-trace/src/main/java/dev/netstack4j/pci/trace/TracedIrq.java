package dev.netstack4j.pci.trace;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.Irq;
import dev.netstack4j.api.hardware.IrqHandler;
import dev.netstack4j.api.runtime.Cpu;
import java.util.ArrayList;
import java.util.List;

/// One interrupt of a device that is listened to.
final class TracedIrq implements Irq {
    private final Irq inner;
    private final int vector;
    private final Recorder recorder;
    private final List<TracedHandler> handlers = new ArrayList<>();

    TracedIrq(Irq inner, int vector, Recorder recorder) {
        this.inner = inner;
        this.vector = vector;
        this.recorder = recorder;
    }

    private static final class TracedHandler implements IrqHandler {
        private final IrqHandler handler;
        private final Recorder recorder;
        private final String vector;

        TracedHandler(IrqHandler handler, Recorder recorder, String vector) {
            this.handler = handler;
            this.recorder = recorder;
            this.vector = vector;
        }

        @Override
        public Result handle(Cpu cpu) {
            recorder.event("irq", vector, "");
            return handler.handle(cpu);
        }
    }

    @Override
    public int number() {
        return inner.number();
    }

    @Override
    public synchronized void request(String name, IrqHandler handler, boolean shared) throws NetException {
        recorder.event("slot", "irq-request", vector + (shared ? " shared" : ""));
        TracedHandler traced = new TracedHandler(handler, recorder, Integer.toString(vector));
        inner.request(name, traced, shared);
        handlers.add(traced);
    }

    @Override
    public synchronized void free(IrqHandler handler) {
        recorder.event("slot", "irq-free", Integer.toString(vector));
        for (TracedHandler t : List.copyOf(handlers)) {
            if (t.handler == handler) {
                inner.free(t);
                handlers.remove(t);
            }
        }
    }

    @Override
    public void affinity(int cpuId) {
        inner.affinity(cpuId);
    }

    @Override
    public int affinity() {
        return inner.affinity();
    }

    @Override
    public long count() {
        return inner.count();
    }
}
