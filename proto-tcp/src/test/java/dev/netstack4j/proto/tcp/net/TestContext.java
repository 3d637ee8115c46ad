package dev.netstack4j.proto.tcp.net;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.WaitQueue;
import dev.netstack4j.api.socket.Sock;
import dev.netstack4j.api.socket.SockContext;
import dev.netstack4j.api.socket.SockListener;
import dev.netstack4j.testkit.fake.FakeSync;
import org.jspecify.annotations.Nullable;

/// Ownership and memory of a socket for one thread.
final class TestContext implements SockContext {
    private final SkBuffQueue backlog = new SkBuffQueue();
    private final WaitQueue waitQueue = new FakeSync().waitQueue("test");
    private @Nullable Sock sock;
    private @Nullable SockListener listener;
    private boolean owned;
    private int deferred;
    private int written;
    private int read;

    @Override
    public void attach(Sock made) {
        sock = made;
    }

    private Sock sock() {
        Sock s = sock;
        if (s == null) {
            throw new IllegalStateException("no socket");
        }
        return s;
    }

    @Override
    public boolean tryOwn(Cpu cpu) {
        boolean free = !owned;
        owned = true;
        return free;
    }

    @Override
    public void release(Cpu cpu) {
        if (!owned) {
            throw new IllegalStateException("not owned");
        }
        while (deferred != 0 || !backlog.isEmpty()) {
            int bits = deferred;
            deferred = 0;
            if (bits != 0) {
                sock().deferred(bits, cpu);
            }
            SkBuff skb = backlog.poll();
            if (skb != null) {
                sock().backlogReceive(skb, cpu);
            }
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
    public void defer(int bits, Cpu cpu) {
        deferred |= bits;
        if (tryOwn(cpu)) {
            release(cpu);
        }
    }

    @Override
    public void wake(int events, Cpu cpu) {
        waitQueue.wakeAll(cpu);
        SockListener l = listener;
        if (l != null) {
            l.ready(sock(), events, cpu);
        }
    }

    @Override
    public WaitQueue waitQueue() {
        return waitQueue;
    }

    @Override
    public void ownerWrite(SkBuff skb) {
        written += skb.truesize();
        int charge = skb.truesize();
        skb.owner((s, cpu) -> {
            written -= charge;
            sock().writeMemoryFreed(cpu);
        });
    }

    @Override
    public void ownerRead(SkBuff skb) {
        read += skb.truesize();
        int charge = skb.truesize();
        skb.owner((s, cpu) -> read -= charge);
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
    public void listener(@Nullable SockListener l) {
        listener = l;
    }
}
