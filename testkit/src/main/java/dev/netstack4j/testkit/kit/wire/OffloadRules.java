package dev.netstack4j.testkit.kit.wire;

import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.testkit.kit.Trial;
import dev.netstack4j.testkit.kit.wire.WireEnd.Arrival;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What becomes of checksums and super-frames that are left to a wire.
final class OffloadRules {
    private static final int MSS = 1448;
    private static final int BOTH = Wire.CAN_CSUM | Wire.CAN_TSO4;

    private OffloadRules() {}

    /// To a device that takes no offloads.
    static void done(WireSubject s, Trial t) throws Exception {
        judge(new WireCase(s, t, true), false);
    }

    /// To a device that takes them.
    static void handedOver(WireSubject s, Trial t) throws Exception {
        WireCase c = new WireCase(s, t, false);
        c.far.takes(BOTH);
        c.far.attach();
        c.until(() -> c.near.wire.isUp() && c.far.wire.isUp());
        c.settle();
        c.far.take();
        judge(c, true);
    }

    private static void judge(WireCase c, boolean mayBeOpen) {
        int can = c.near.wire.offloads();
        c.trial.assume((can & Wire.CAN_CSUM) != 0, "the wire takes no offloads");
        pass(c, 0, c.trial.random().nextInt(1, 1400), mayBeOpen);
        if ((can & Wire.CAN_TSO4) != 0) {
            pass(c, MSS, 5 * MSS, mayBeOpen);
            pass(c, MSS, c.trial.random().nextInt(2 * MSS + 1, 60_000), mayBeOpen);
        }
    }

    private static void pass(WireCase c, int mss, int payload, boolean mayBeOpen) {
        TcpBytes sent = TcpBytes.open(payload, c.trial.random());
        FrameBatch batch = new FrameBatch(1, 1);
        batch.clear();
        batch.addPiece(MemorySegment.ofArray(sent.bytes()), 0, sent.bytes().length);
        int type = mss == 0 ? FrameBatch.GSO_NONE : FrameBatch.GSO_TCPV4;
        batch.endFrame(FrameBatch.NEEDS_CSUM, TcpBytes.TCP, TcpBytes.SUM_OFFSET, type, mss, TcpBytes.HEADERS);
        c.trial.checkEqual(1, c.near.wire.transmit(batch), "frames that an idle wire took");
        c.until(() -> arrived(c.far.arrivals()) >= payload);
        c.settle();
        compare(c.trial, sent, mss, c.far.arrivals(), mayBeOpen);
        c.far.take();
    }

    private static int arrived(List<Arrival> all) {
        return all.stream()
                .mapToInt(a -> Math.max(0, a.bytes().length - TcpBytes.HEADERS))
                .sum();
    }

    private static void compare(Trial t, TcpBytes sent, int mss, List<Arrival> all, boolean mayBeOpen) {
        byte[] wanted = sent.payload();
        List<byte[]> got = new ArrayList<>();
        int offset = 0;
        for (int i = 0; i < all.size(); i++) {
            Arrival a = all.get(i);
            boolean isOpen = (a.flags() & FrameBatch.NEEDS_CSUM) != 0;
            boolean isWhole = a.gsoType() == FrameBatch.GSO_TCPV4;
            t.check(
                    mayBeOpen || !isOpen && !isWhole,
                    "what was left to the wire is left to a device that takes nothing");
            facts(t, a, mss, isOpen, isWhole);
            byte[] payload = new TcpBytes(a.bytes()).payload();
            int size = isWhole || mss == 0 ? wanted.length : Math.min(mss, wanted.length - offset);
            t.checkEqual(size, payload.length, "payload bytes of frame " + i);
            boolean last = offset + payload.length >= wanted.length;
            String wrong = new TcpBytes(a.bytes()).asPiece(i, offset, last, isOpen);
            t.check(wrong.isEmpty(), "frame " + i + " of what was sent as one: " + wrong);
            got.add(payload);
            offset += payload.length;
        }
        byte[] joined = new byte[offset];
        int at = 0;
        for (byte[] p : got) {
            System.arraycopy(p, 0, joined, at, p.length);
            at += p.length;
        }
        t.check(Arrays.equals(wanted, joined), "the payload arrives as " + offset + " bytes, or changed");
    }

    private static void facts(Trial t, Arrival a, int mss, boolean isOpen, boolean isWhole) {
        if (isOpen) {
            boolean right = a.csumStart() == TcpBytes.TCP && a.csumOffset() == TcpBytes.SUM_OFFSET;
            t.check(right, "the checksum's place is " + a.csumStart() + " and " + a.csumOffset());
        }
        if (isWhole) {
            t.check(isOpen, "a super-frame arrives whose checksum is not left open");
            t.checkEqual(mss, a.gsoSize(), "segment size of a super-frame that arrives whole");
            t.checkEqual(TcpBytes.HEADERS, a.headerLength(), "header length of a super-frame that arrives whole");
        }
    }
}
