package dev.netstack4j.testkit.kit.socket;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.socket.SockContext;
import dev.netstack4j.testkit.kit.Trial;
import dev.netstack4j.testkit.kit.measure.ThreadMeter;

/// Memory that is charged to a socket, and waiting.
final class AccountRules {
    private static final int SMALL = 8192;
    private static final int MESSAGES = 300;

    private AccountRules() {}

    static void neverWaits(SocketSubject s, Trial trial) throws Exception {
        SocketHost h = new SocketHost(s, trial);
        long before = ThreadMeter.waits();
        Pair p = Pair.of(h);
        for (int i = 0; i < 30; i++) {
            p.sendAll(h.message());
            h.rest();
            p.takeAll();
        }
        p.sender().release();
        p.receiver().release();
        h.rest();
        trial.checkEqual(0L, ThreadMeter.waits() - before, "times that the thread waited");
    }

    static void chargesTheReader(SocketSubject s, Trial trial) throws Exception {
        SocketHost h = new SocketHost(s, trial);
        Pair p = Pair.of(h);
        SockContext c = p.receiver().sock.context();
        for (int i = 0; i < 10; i++) {
            trial.checkEqual(0, c.readAllocated(), "bytes charged to a reader who has read all");
            p.sendAll(h.message());
            h.rest();
            int lies = queued(p.receiver());
            trial.check(
                    lies > 0 && c.readAllocated() >= lies,
                    lies + " bytes lie in the receive queue, and " + c.readAllocated() + " are charged to the reader");
            p.takeAll();
        }
        trial.checkEqual(0, c.readAllocated(), "bytes charged to a reader who has read all");
    }

    /// Bytes that lie in the receive queue, which is turned round once.
    private static int queued(Endpoint e) {
        SkBuffQueue queue = e.sock.receiveQueue();
        int sum = 0;
        for (int n = queue.length(); n > 0; n--) {
            SkBuff skb = queue.poll();
            if (skb != null) {
                sum += skb.length();
                queue.addTail(skb);
            }
        }
        return sum;
    }

    static void chargesTheSender(SocketSubject s, Trial trial) throws Exception {
        SocketHost h = new SocketHost(s, trial);
        Filling f = Filling.of(h);
        SockContext c = f.sender().sock.context();
        for (int i = 0; i < 5; i++) {
            f.send();
            if (f.pair() == null) {
                h.rest();
                trial.check(h.device.heldBytes() > 0, "a message was taken, and no packet left");
                trial.checkEqual(
                        h.device.heldBytes(), c.writeAllocated(), "bytes charged to the sender of packets in a device");
            }
        }
        f.drain();
        trial.checkEqual(0, c.writeAllocated(), "bytes charged to a sender whose packets were all freed");
    }

    static void keepsToTheReceiveBuffer(SocketSubject s, Trial trial) throws Exception {
        SocketHost h = new SocketHost(s, trial);
        Pair p = Pair.of(h);
        Endpoint e = p.receiver();
        e.sock.settings().receiveBuffer = SMALL;
        e.sock.settings().receiveBufferLocked = true;
        for (int i = 0; i < MESSAGES; i++) {
            if (p.sender().send(h.message(), p.to()) < 0) {
                h.runtime.advance(SocketHost.MILLISECOND);
            }
            if (i % 5 == 0) {
                h.runtime.advance(SocketHost.MILLISECOND);
                SkBuff last = e.sock.receiveQueue().peekTail();
                int most = SMALL + (last == null ? 0 : last.length());
                trial.check(
                        queued(e) <= most,
                        queued(e) + " bytes lie in the queue of a receive buffer of " + SMALL + " bytes");
            }
        }
        trial.check(e.receive().result() > 0, "nothing can be read of a receive buffer that was filled");
    }

    static void keepsToTheSendBuffer(SocketSubject s, Trial trial) throws Exception {
        SocketHost h = new SocketHost(s, trial);
        Filling f = Filling.of(h);
        trial.assume(
                f.fills(), "the subject is not reliable, and has no address whose packets leave by the kit's device");
        f.sender().sock.settings().sendBuffer = SMALL;
        f.sender().sock.settings().sendBufferLocked = true;
        int room = SMALL;
        if (f.pair() != null) {
            f.pair().receiver().sock.settings().receiveBuffer = SMALL;
            f.pair().receiver().sock.settings().receiveBufferLocked = true;
            room += 70_000; // what it has promised before to take
        }
        long taken = 0;
        int n = 0;
        while (n >= 0) {
            n = f.send();
            taken += Math.max(0, n);
            trial.check(
                    taken <= room + Endpoint.STRETCH,
                    "took " + taken + " bytes that do not leave, with a send buffer of " + SMALL);
        }
    }
}
