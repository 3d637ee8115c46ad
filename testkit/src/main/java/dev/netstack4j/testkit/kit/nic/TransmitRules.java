package dev.netstack4j.testkit.kit.nic;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.TxStatus;
import dev.netstack4j.testkit.kit.lab.Frames;
import dev.netstack4j.testkit.kit.lab.Marks;
import java.util.ArrayList;
import java.util.List;

/// What `startXmit` does with packets that are as they should be.
final class TransmitRules {
    private static final int MOST_TRIES = 20_000;

    private TransmitRules() {}

    static void addTo(NicDriverKit kit) {
        kit.up(16, "puts the bytes of a packet on the wire as they are", TransmitRules::exact);
        kit.up(17, "sends packets in pieces", TransmitRules::gather);
        kit.up(18, "sends packets in order, each once", TransmitRules::order);
        kit.up(19, "frees a packet soon after it was sent, once", TransmitRules::freed);
        kit.up(20, "answers BUSY without touching the packet, and stops the queue", TransmitRules::busy);
        kit.up(21, "is never busy while its queue is not stopped", TransmitRules::stopsInTime);
        kit.up(22, "wakes its queue when there is room again", TransmitRules::wakes);
        kit.up(23, "lets the doorbell wait no longer than until a packet without more", TransmitRules::more);
        kit.up(25, "sends from process and from softirq context", TransmitRules::contexts);
        kit.up(26, "pads with zeros", TransmitRules::padding);
    }

    private static void exact(NicCase c) {
        List<byte[]> all = new ArrayList<>();
        for (int n : new int[] {14, 15, 18, 59, 60, 61, 64, c.most() - 1, c.most()}) {
            all.add(c.outbound(n));
        }
        all.addAll(c.outbound(24, 60, c.most()));
        c.lab.sendAll(all);
        c.expectSent(all, "sent");
    }

    private static void gather(NicCase c) {
        c.trial.checkEqual(c.can(NicAbility.SCATTER_GATHER), c.gathers(), "announces SG");
        c.needs(NicAbility.SCATTER_GATHER);
        for (int i = 0; i < 24; i++) {
            int frags = i == 0 ? SkBuff.MAX_FRAGS : c.trial.random().nextInt(1, 6);
            byte[] frame = c.outbound(c.trial.random().nextInt(100, c.most() + 1));
            int linear = c.trial.random().nextInt(14, 60);
            List<Integer> pieces = pieces(c, frame.length - linear, frags);
            TxStatus[] status = new TxStatus[1];
            c.lab.onCpu(cpu -> status[0] = c.lab.start(c.lab.packet(frame, linear, pieces, cpu), false, cpu));
            c.trial.checkEqual(TxStatus.OK, status[0], "a packet of " + (1 + pieces.size()) + " pieces");
            c.expectSent(List.of(frame), "in " + (1 + pieces.size()) + " pieces");
        }
    }

    private static List<Integer> pieces(NicCase c, int bytes, int count) {
        List<Integer> all = new ArrayList<>();
        int left = bytes;
        for (int i = 1; i < count && left > 1; i++) {
            int n = c.trial.random().nextInt(1, Math.max(2, 2 * left / (count - i + 1)));
            n = Math.min(n, left - 1);
            all.add(n);
            left -= n;
        }
        all.add(left);
        return all;
    }

    private static void order(NicCase c) {
        List<byte[]> all = c.outbound(300, 60, 400);
        c.lab.sendAll(all);
        c.expectSent(all, "a flow");
    }

    private static void freed(NicCase c) {
        int before = c.live();
        for (int round = 0; round < 3; round++) {
            c.lab.sendAll(c.outbound(1 + round * 20, 60, 300));
            c.lab.until(() -> c.live() <= before);
            c.trial.checkEqual(before, c.live(), "packets when all were sent and nothing else happens");
        }
        c.trial.check(c.lab.stack().packets().isBalanced(), "the ledger does not balance");
        c.lab.watch().check(Marks.NEVER_THROWS);
    }

    /// Sends until the driver says BUSY or has stopped the queue for good.
    ///
    /// @return frames that it took
    private static List<byte[]> fill(NicCase c, boolean beyondStop) {
        List<byte[]> taken = new ArrayList<>();
        c.lab.wire().busy(true);
        for (int i = 0; i < MOST_TRIES; i++) {
            if (!beyondStop && c.lab.device().txQueue(0).isStopped()) {
                return taken;
            }
            byte[] f = Frames.numbered(c.outbound(60 + i % 40), i);
            if (c.lab.send(f) == TxStatus.BUSY) {
                c.trial.check(
                        beyondStop, "BUSY after " + i + " packets, though the queue was not stopped before the call");
                return taken;
            }
            taken.add(f);
            if (i % 16 == 0) {
                c.lab.pass(1_000_000);
            }
        }
        throw new AssertionError("took " + MOST_TRIES + " packets though the far end takes none");
    }

    private static void busy(NicCase c) {
        c.needs(NicAbility.FLOW_CONTROL);
        List<byte[]> taken = fill(c, true);
        c.trial.check(c.lab.device().txQueue(0).isStopped(), "the queue is not stopped after BUSY");
        c.lab.onCpu(cpu -> {
            byte[] frame = c.outbound(100);
            SkBuff skb = c.lab.packet(frame, cpu);
            int live = c.live();
            TxStatus status = c.lab.start(skb, false, cpu);
            c.trial.checkEqual(TxStatus.BUSY, status, "the answer of a full queue");
            c.trial.check(c.live() == live && skb.isLive() && !skb.isQueued(), "the refused packet was taken or freed");
            c.trial.checkEqual(frame.length, skb.length(), "length of the refused packet");
            byte[] now = new byte[frame.length];
            skb.read(0, now, 0, now.length);
            c.trial.check(java.util.Arrays.equals(frame, now), "the bytes of the refused packet were changed");
            c.lab.free(skb, cpu);
        });
        c.lab.wire().busy(false);
        c.expectSent(taken, "what was taken, without what was refused");
    }

    private static void stopsInTime(NicCase c) {
        c.needs(NicAbility.FLOW_CONTROL);
        List<byte[]> taken = fill(c, false);
        c.lab.wire().busy(false);
        c.expectSent(taken, "what was taken");
    }

    private static void wakes(NicCase c) {
        c.needs(NicAbility.FLOW_CONTROL);
        for (int round = 0; round < 2; round++) {
            List<byte[]> taken = fill(c, round > 0);
            c.lab.wire().busy(false);
            c.trial.check(
                    c.lab.until(() -> !c.lab.device().txQueue(0).isStopped()),
                    "the queue stays stopped though everything was sent");
            c.expectSent(taken, "what was taken");
        }
    }

    private static void more(NicCase c) {
        int n = c.trial.random().nextInt(2, 20);
        List<byte[]> all = c.outbound(n, 60, 200);
        c.lab.onCpu(cpu -> {
            for (int i = 0; i < n; i++) {
                c.lab.start(c.lab.packet(all.get(i), cpu), i < n - 1, cpu);
            }
        });
        c.expectSent(all, "a batch whose last packet has none behind it");
        List<byte[]> first = c.outbound(3, 60, 200);
        c.lab.onCpu(cpu -> {
            for (byte[] f : first) {
                c.lab.start(c.lab.packet(f, cpu), true, cpu);
            }
            SkBuff empty = c.lab.packet(new byte[0], cpu);
            if (c.lab.start(empty, false, cpu) == TxStatus.BUSY) {
                c.lab.free(empty, cpu);
            }
        });
        c.lab.settle();
        List<byte[]> sent = c.lab.wire().takeSent();
        c.trial.check(
                sent.size() >= first.size()
                        && Frames.difference(first, sent.subList(0, first.size()))
                                .isEmpty(),
                "packets before one that is dropped wait for ever: " + sent.size() + " of " + first.size());
    }

    private static void contexts(NicCase c) {
        List<byte[]> all = c.outbound(8, 60, 300);
        for (int i = 0; i < all.size(); i++) {
            byte[] f = all.get(i);
            if (i % 2 == 0) {
                c.lab.send(f);
            } else {
                c.lab.inSoftirq(cpu -> c.lab.start(c.lab.packet(f, cpu), false, cpu));
            }
            c.lab.pass(1_000_000);
        }
        c.expectSent(all, "from both contexts");
    }

    private static void padding(NicCase c) {
        c.lab.sendAll(c.outbound(20, 200, 300));
        c.lab.wire().takeSent();
        for (int n = 14; n < 60; n += 5) {
            byte[] f = c.outbound(n);
            c.lab.sendAll(List.of(f));
            c.expectSent(List.of(f), "a short packet");
        }
    }
}
