package dev.netstack4j.testkit.fake;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.link.LinkLayer;
import dev.netstack4j.api.link.RxHandler;
import dev.netstack4j.api.runtime.Cpu;
import org.jspecify.annotations.Nullable;

/// Keeps what is sent and received through it; the test frees it.
public final class FakeLinkLayer implements LinkLayer {
    private final SkBuffQueue sent = new SkBuffQueue();
    private final SkBuffQueue received = new SkBuffQueue();

    /// Empty.
    public FakeLinkLayer() {}

    /// Frames given to [#devQueueXmit].
    public SkBuffQueue sent() {
        return sent;
    }

    /// Frames given to [#netifReceive] and [#netifRx].
    public SkBuffQueue received() {
        return received;
    }

    @Override
    public int devQueueXmit(SkBuff skb, Cpu cpu) {
        sent.addTail(skb);
        return 0;
    }

    @Override
    public void netifReceive(SkBuff skb, Cpu cpu) {
        received.addTail(skb);
    }

    @Override
    public boolean netifRx(SkBuff skb, Cpu cpu) {
        received.addTail(skb);
        return true;
    }

    @Override
    public void rxHandler(NetDevice device, @Nullable RxHandler handler) {}
}
