package dev.netstack4j.testkit.fake;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.WaitQueue;
import dev.netstack4j.api.socket.Sock;
import dev.netstack4j.api.socket.SockContext;
import dev.netstack4j.api.socket.SockListener;
import org.jspecify.annotations.Nullable;

/// A socket context on one thread: ownership is a flag, memory a number.
public final class FakeSockContext implements SockContext {
    private final WaitQueue waitQueue;
    private final SkBuffQueue backlog = new SkBuffQueue();
    private @Nullable Sock sock;
    private boolean owned;
    private int written;
    private int read;
    private int wakes;

    /// Free.
    public FakeSockContext(WaitQueue waitQueue) {
        this.waitQueue = waitQueue;
    }

    @Override
    public void attach(Sock made) {
        sock = made;
    }

    /// How often somebody was woken.
    public int wakes() {
        return wakes;
    }

    @Override
    public boolean tryOwn(Cpu cpu) {
        boolean free = !owned;
        owned = true;
        return free;
    }

    @Override
    public void release(Cpu cpu) {
        Sock s = sock;
        for (SkBuff skb = backlog.poll(); skb != null && s != null; skb = backlog.poll()) {
            s.backlogReceive(skb, cpu);
        }
        owned = false;
    }

    @Override
    public boolean isOwned() {
        return owned;
    }

    @Override
    public boolean backlog(SkBuff skb, Cpu cpu) {
        backlog.addTail(skb);
        return true;
    }

    @Override
    public void defer(int bits, Cpu cpu) {}

    @Override
    public void wake(int events, Cpu cpu) {
        wakes++;
    }

    @Override
    public WaitQueue waitQueue() {
        return waitQueue;
    }

    @Override
    public void ownerWrite(SkBuff skb) {
        int charged = skb.truesize();
        written += charged;
        skb.owner((freed, cpu) -> written -= charged);
    }

    @Override
    public void ownerRead(SkBuff skb) {
        int charged = skb.truesize();
        read += charged;
        skb.owner((freed, cpu) -> read -= charged);
    }

    @Override
    public int writeAllocated() {
        return written;
    }

    @Override
    public int readAllocated() {
        return read;
    }

    @Override
    public void listener(@Nullable SockListener listener) {}
}
