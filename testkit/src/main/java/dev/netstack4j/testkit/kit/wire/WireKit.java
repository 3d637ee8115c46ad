package dev.netstack4j.testkit.kit.wire;

import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.testkit.kit.Kit;
import dev.netstack4j.testkit.kit.wire.WireEnd.Arrival;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The rules of `Wire` and `WireReceiver`. [WireConformance] shows how to use it.
public final class WireKit extends Kit<WireSubject> {
    private static final String SINCE = "0.1";
    private static final String SECOND = "0.2";

    /// All rules.
    public WireKit() {
        super("WIRE");
        rule(1, SINCE, "is up when a device is at each end", (s, t) -> linkComesUp(new WireCase(s, t, false)));
        on(2, "carries the bytes of frames in any number of pieces as they are", WireKit::exact);
        on(3, "carries frames in order, each once", WireKit::order);
        on(4, "says how many frames it took, counted from the first", WireKit::saysHowMany);
        on(5, "calls resume when it takes frames again", WireKit::resumes);
        on(6, "holds what the device does not take, until it resumes", WireKit::holds);
        on(7, "keeps no batch beyond the call", WireKit::copies);
        on(8, "makes no damaged frame a good one", WireKit::damaged);
        on(9, "hands over no offload that it does not declare", WireKit::offloads);
        on(10, "calls nobody once it is closed", WireKit::closed);
        on(11, "survives the end of its other end", WireKit::otherEnds);
        on(12, "tells of the link when it changes, and only then", WireKit::linkChanges);
        on(13, "keeps its directions apart", WireKit::directions);
        on(14, "lets a device send while it receives", WireKit::echo);
        on(15, "carries or drops any frame without harm", WireKit::anyFrame);
        on(16, "is apart from other wires of its kind", WireKit::apart);
        on(17, "loses nothing in mixed traffic", WireKit::mixed);
        rule(18, SINCE, "does the same for the same seed in virtual time", WireKit::repeatable);
        rule(19, SECOND, "does what is left to it before a device that takes no offloads", OffloadRules::done);
        rule(20, SECOND, "hands over what is left to it as it was, or done", OffloadRules::handedOver);
    }

    private interface Check {
        void judge(WireCase c) throws Exception;
    }

    private void on(int number, String sentence, Check check) {
        rule(number, SINCE, sentence, (s, t) -> check.judge(new WireCase(s, t, true)));
    }

    private static void linkComesUp(WireCase c) {
        boolean detects = c.subject.can(WireAbility.LINK_DETECTION);
        c.trial.check(!detects || !c.upAlone, "is up though nobody is at the other end");
        c.far.attach();
        c.trial.check(c.until(() -> c.near.wire.isUp() && c.far.wire.isUp()), "is not up with a device at each end");
        c.settle();
        for (WireEnd e : List.of(c.near, c.far)) {
            c.trial.check(e.knowsThatItIsUp(), "the device was not told that the link is up");
        }
    }

    private static void exact(WireCase c) {
        int least = c.subject.can(WireAbility.SHORT_FRAMES) ? 18 : 60;
        for (int i = 0; i < 20; i++) {
            List<byte[]> all = c.frames(8, least, 1514);
            all.set(0, c.frames(1, 1514, 1514).getFirst());
            FrameBatch batch = new FrameBatch(8, 64);
            batch.clear();
            for (byte[] f : all) {
                addInPieces(batch, f, c.trial.random().nextInt(1, 7), c);
            }
            int n = c.near.wire.transmit(batch);
            c.trial.checkEqual(8, n, "frames that an idle wire took");
            c.expect(c.far, all, "in pieces");
        }
    }

    private static void addInPieces(FrameBatch batch, byte[] frame, int pieces, WireCase c) {
        int at = 0;
        for (int p = 0; p < pieces; p++) {
            int left = frame.length - at;
            int n = p == pieces - 1 ? left : c.trial.random().nextInt(0, left / 2 + 1);
            batch.addPiece(MemorySegment.ofArray(frame), at, n);
            at += n;
        }
        batch.endFrame();
    }

    private static void order(WireCase c) {
        List<byte[]> all = c.frames(400, 60, 300);
        c.sendAll(c.near, all);
        c.expect(c.far, all, "one way");
        c.sendAll(c.far, all);
        c.expect(c.near, all, "the other way");
    }

    private static void saysHowMany(WireCase c) {
        c.trial.checkEqual(0, c.near.send(List.of()), "frames taken of none");
        c.needs(WireAbility.FLOW_CONTROL);
        c.far.takeOnly(5);
        List<byte[]> all = c.frames(3000, 60, 1500);
        int taken = 0;
        for (int i = 0; i < all.size(); i += 30) {
            int n = c.near.send(all.subList(i, i + 30));
            c.trial.check(n >= 0 && n <= 30, "transmit says that it took " + n + " of 30 frames");
            taken += n;
            c.pass(100_000);
            if (n < 30) {
                break;
            }
        }
        c.far.takeAgain();
        c.expect(c.far, all.subList(0, taken), "what it said that it took");
    }

    private static List<byte[]> fill(WireCase c) {
        c.far.takeOnly(3);
        List<byte[]> all = c.frames(40_000, 60, 80);
        int at = 0;
        while (at < all.size()) {
            int n = c.near.send(all.subList(at, at + 40));
            at += n;
            c.pass(10_000);
            if (n < 40) {
                return all.subList(0, at);
            }
        }
        throw new AssertionError("took " + at + " frames though the other device takes none");
    }

    private static void resumes(WireCase c) {
        c.needs(WireAbility.FLOW_CONTROL);
        List<byte[]> taken = new ArrayList<>(fill(c));
        int before = c.near.resumes();
        c.far.takeAgain();
        c.trial.check(c.until(() -> c.near.resumes() > before), "resume was never called");
        List<byte[]> more = c.frames(10, 60, 80);
        c.sendAll(c.near, more);
        taken.addAll(more);
        c.expect(c.far, taken, "before and after it was busy");
    }

    private static void holds(WireCase c) {
        c.needs(WireAbility.FLOW_CONTROL);
        List<byte[]> all = c.frames(60, 60, 200);
        c.far.takeOnly(7);
        int at = c.near.send(all);
        for (int i = 0; i < 200 && c.far.count() < all.size(); i++) {
            c.pass(200_000);
            c.far.takeOnly(c.trial.random().nextInt(1, 9));
            c.far.wire.resume();
            at += at < all.size() ? c.near.send(all.subList(at, all.size())) : 0;
        }
        c.far.takeAgain();
        c.expect(c.far, all, "to a device that takes a few at a time");
    }

    private static void copies(WireCase c) {
        List<byte[]> all = c.frames(30, 60, 200);
        List<byte[]> mine = all.stream().map(byte[]::clone).toList();
        int n = c.near.send(mine);
        mine.forEach(f -> Arrays.fill(f, (byte) 0xEE));
        c.expect(c.far, all.subList(0, n), "frames whose memory was used again");
    }

    private static void damaged(WireCase c) {
        byte[] f = c.frames(1, 100, 100).getFirst();
        FrameBatch batch = new FrameBatch(2, 2);
        batch.clear();
        for (int flags : new int[] {FrameBatch.BAD_FCS, 0}) {
            batch.addPiece(MemorySegment.ofArray(f), 0, f.length);
            batch.endFrame(flags, 0, 0, FrameBatch.GSO_NONE, 0, 0);
        }
        c.near.wire.transmit(batch);
        c.until(() -> c.far.count() >= 2);
        long good = c.far.arrivals().stream()
                .filter(a -> (a.flags() & FrameBatch.BAD_FCS) == 0)
                .count();
        c.trial.checkEqual(1L, good, "good frames of one good and one damaged");
    }

    private static void offloads(WireCase c) {
        int can = c.far.wire.offloads();
        c.trial.check((can & ~(Wire.CAN_CSUM | Wire.CAN_TSO4)) == 0, "declares offloads that there are not: " + can);
        c.sendAll(c.near, c.frames(20, 60, 300));
        c.until(() -> c.far.count() >= 20);
        for (Arrival a : c.far.arrivals()) {
            c.trial.check(
                    (a.flags() & FrameBatch.NEEDS_CSUM) == 0 && a.gsoType() == FrameBatch.GSO_NONE,
                    "a plain frame arrives with a checksum or segmentation left to do");
        }
    }

    private static void closed(WireCase c) {
        c.sendAll(c.near, c.frames(20, 60, 100));
        c.far.close();
        c.near.send(c.frames(20, 60, 100));
        c.settle();
        c.trial.checkEqual(0, c.far.afterClose(), "calls of the device at the closed end");
        if (c.subject.can(WireAbility.LINK_DETECTION)) {
            c.trial.check(!c.near.wire.isUp(), "is up though the other end is closed");
            c.trial.check(!c.near.links().getLast(), "the device was not told that the link is gone");
        }
    }

    private static void otherEnds(WireCase c) throws Exception {
        c.far.takeOnly(3);
        c.near.send(c.frames(30, 60, 100));
        c.far.close();
        for (int i = 0; i < 5; i++) {
            int n = c.near.send(c.frames(30, 60, 100));
            c.trial.check(n >= 0 && n <= 30, "transmit says that it took " + n + " of 30 frames");
            c.near.wire.resume();
            c.pass(1_000_000);
        }
        c.near.close();
        c.settle();
    }

    private static void linkChanges(WireCase c) throws Exception {
        c.sendAll(c.near, c.frames(10, 60, 100));
        c.settle();
        c.near.wire.resume();
        c.far.wire.resume();
        c.far.close();
        c.settle();
        for (WireEnd e : List.of(c.near, c.far)) {
            List<Boolean> told = e.links();
            for (int i = 1; i < told.size(); i++) {
                c.trial.check(
                        !told.get(i).equals(told.get(i - 1)), "the same state of the link was told twice: " + told);
            }
        }
    }

    private static void directions(WireCase c) {
        c.needs(WireAbility.FLOW_CONTROL);
        List<byte[]> held = new ArrayList<>(fill(c));
        List<byte[]> other = c.frames(50, 60, 200);
        c.sendAll(c.far, other);
        c.expect(c.near, other, "while the other direction stands");
        c.far.takeAgain();
        c.expect(c.far, held, "in the direction that stood");
    }

    private static void echo(WireCase c) {
        List<byte[]> all = c.frames(10, 60, 200);
        int[] at = new int[1];
        c.far.onFrame(() -> at[0] += c.far.send(List.of(all.get(at[0]))));
        c.sendAll(c.near, all);
        c.expect(c.far, all, "there");
        c.expect(c.near, all.subList(0, at[0]), "and back");
        c.trial.checkEqual(all.size(), at[0], "frames that were taken while a frame was delivered");
    }

    private static void anyFrame(WireCase c) {
        for (int n : new int[] {0, 1, 13, 14, 59, 1519, 2048, 9018, 16_384, 60_000}) {
            byte[] f = new byte[n];
            c.trial.random().nextBytes(f);
            int taken = c.near.send(List.of(f));
            c.trial.check(taken == 0 || taken == 1, "transmit says that it took " + taken + " of 1 frame");
            c.settle();
        }
        c.far.take();
        c.works("after frames of any make");
    }

    private static void apart(WireCase c) throws Exception {
        c.trial.assume(!c.subject.others().isEmpty(), "the subject has no other wire");
        WireEnd a = c.end("an end of another wire", c.subject.others().get(0));
        WireEnd b = c.end("its other end", c.subject.others().get(1));
        a.attach();
        b.attach();
        c.settle();
        a.take();
        b.take();
        List<byte[]> all = c.frames(20, 60, 200);
        c.sendAll(c.near, all);
        c.expect(c.far, all, "on the first wire");
        c.trial.checkEqual(0, a.count() + b.count() + c.near.count(), "frames of the first wire on the second");
        c.sendAll(b, all);
        c.expect(a, all, "on the second wire");
        c.trial.checkEqual(0, c.near.count() + c.far.count(), "frames of the second wire on the first");
        b.close();
        a.close();
        c.works("when the second wire has ended");
    }

    private static void mixed(WireCase c) {
        boolean holds = c.subject.can(WireAbility.FLOW_CONTROL);
        List<byte[]> there = c.frames(600, 60, 400);
        List<byte[]> back = c.frames(600, 60, 400);
        int a = 0;
        int b = 0;
        for (int i = 0; i < 20_000 && (a < there.size() || b < back.size()); i++) {
            a += a < there.size() ? c.near.send(there.subList(a, Math.min(a + 1 + i % 24, there.size()))) : 0;
            b += b < back.size() ? c.far.send(back.subList(b, Math.min(b + 1 + i % 17, back.size()))) : 0;
            if (holds && i % 5 == 0) {
                c.far.takeOnly(c.trial.random().nextInt(0, 30));
                c.near.takeOnly(c.trial.random().nextInt(0, 30));
            }
            c.pass(100_000);
            c.far.wire.resume();
            c.near.wire.resume();
        }
        c.far.takeAgain();
        c.near.takeAgain();
        c.expect(c.far, there, "there");
        c.expect(c.near, back, "back");
    }

    private static void repeatable(WireSubject s, dev.netstack4j.testkit.kit.Trial t) throws Exception {
        List<List<Long>> runs = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            WireCase c = new WireCase(s, t, true);
            t.assume(c.runtime.isVirtual(), "a wire to the outside does not run in virtual time");
            List<byte[]> all = new ArrayList<>();
            for (int n = 0; n < 100; n++) {
                all.add(new byte[60 + n * 7]);
            }
            c.sendAll(c.near, all);
            c.settle();
            runs.add(c.far.times());
        }
        t.checkEqual(runs.get(0), runs.get(1), "instants of arrival in two runs of one seed");
    }
}
