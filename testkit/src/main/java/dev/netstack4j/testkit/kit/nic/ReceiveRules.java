package dev.netstack4j.testkit.kit.nic;

import dev.netstack4j.api.buffer.ChecksumState;
import dev.netstack4j.api.buffer.PacketKind;
import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.testkit.kit.lab.Faults.Resource;
import dev.netstack4j.testkit.kit.lab.Frames;
import dev.netstack4j.testkit.kit.lab.Marks;
import dev.netstack4j.testkit.kit.lab.Received.Packet;
import java.util.ArrayList;
import java.util.List;

/// What a driver hands up.
final class ReceiveRules {
    private ReceiveRules() {}

    static void addTo(NicDriverKit kit) {
        kit.up(31, "hands up the bytes of a frame as they are", ReceiveRules::exact);
        kit.up(32, "hands up frames in order, each once", ReceiveRules::order);
        kit.up(33, "describes what it hands up", ReceiveRules::described);
        kit.up(34, "hands up no packet that is mapped, queued or freed", ReceiveRules::handedOver);
        kit.up(35, "leaves alone what it handed up", ReceiveRules::leavesAlone);
        kit.up(36, "takes any frame without harm", ReceiveRules::anyFrame);
        kit.up(37, "hands up no damaged frame, and counts it", ReceiveRules::damaged);
        kit.up(38, "unmaps what it mapped, as it mapped it", ReceiveRules::unmaps);
        kit.up(39, "receives again when there is memory again", ReceiveRules::poolExhausted);
        kit.up(40, "receives again when buffers can be mapped again", ReceiveRules::mappingFails);
        kit.up(45, "says of no damaged checksum that it is right", ReceiveRules::checksums);
    }

    private static void exact(NicCase c) {
        List<byte[]> all = new ArrayList<>();
        for (int n : new int[] {60, 61, 63, 64, 65, c.most() - 1, c.most()}) {
            all.add(c.inbound(n));
        }
        all.addAll(c.inbound(24, 60, c.most()));
        c.expectReceived(all, "received");
    }

    private static void order(NicCase c) {
        for (int round = 0; round < 3; round++) {
            c.expectReceived(c.inbound(120, 60, 300), "a flow");
        }
    }

    private static void described(NicCase c) {
        c.lab.wire().send(c.inbound(100));
        c.lab.wire().send(Frames.frame(dev.netstack4j.api.address.MacAddress.BROADCAST, 100, c.trial.random()));
        c.lab.wire().send(Frames.frame(c.mac(), Frames.PEER, 0x0064, 114, c.trial.random()));
        c.lab.until(() -> c.lab.received().count() >= 3);
        List<Packet> got = c.lab.received().takeAll();
        c.trial.checkEqual(3, got.size(), "frames handed up");
        PacketKind[] kinds = {PacketKind.HOST, PacketKind.BROADCAST, PacketKind.HOST};
        int[] protocols = {Frames.TYPE, Frames.TYPE, dev.netstack4j.api.link.EtherType.LLC};
        for (int i = 0; i < 3; i++) {
            c.trial.checkEqual(kinds[i], got.get(i).kind(), "kind of packet " + i);
            c.trial.checkEqual(protocols[i], got.get(i).protocol(), "protocol of packet " + i);
            c.trial.checkEqual(-Frames.HEADER, got.get(i).headerAt(), "place of the link-layer header");
        }
    }

    private static void handedOver(NicCase c) {
        c.expectReceived(c.inbound(100, 60, c.most()), "received");
    }

    private static void leavesAlone(NicCase c) {
        c.lab.received().hold();
        c.expectReceived(c.inbound(80, 60, 400), "received");
        for (int i = 0; i < 4; i++) {
            c.inbound(100, 60, 400).forEach(c.lab.wire()::send);
            c.lab.settle();
        }
        int[] changed = new int[1];
        c.lab.onCpu(cpu -> changed[0] = c.lab.received().release(c.lab.done(), cpu));
        c.trial.checkEqual(0, changed[0], "packets whose bytes changed after they were handed up");
    }

    private static void anyFrame(NicCase c) {
        for (int i = 0; i < 120; i++) {
            c.lab.wire().send(hostile(c, i), 0);
            if (i % 20 == 19) {
                c.lab.settle();
            }
        }
        c.lab.until(() -> c.lab.wire().waiting() == 0);
        c.lab.settle();
        c.lab.received().takeAll();
        c.lab.watch().check(Marks.NEVER_THROWS);
        c.works("after frames of any make");
    }

    private static byte[] hostile(NicCase c, int i) {
        int[] lengths = {
            0, 1, 13, 14, 15, 17, 18, 59, c.most() + 1, c.most() + 4, c.most() + 5, 2048, 4096, 9018, 16_200
        };
        int n = i < 2 * lengths.length
                ? lengths[i % lengths.length]
                : c.trial.random().nextInt(0, 3000);
        byte[] f = new byte[n];
        c.trial.random().nextBytes(f);
        if (i % 3 != 0 && n >= Frames.HEADER) {
            byte[] to = c.inbound(Frames.HEADER);
            System.arraycopy(to, 0, f, 0, 6 + i % 9);
        }
        if (i % 4 == 1 && n > 40) {
            byte[] ip = Frames.udp(c.mac(), Frames.PEER, 10, c.trial.random());
            System.arraycopy(ip, 0, f, 0, c.trial.random().nextInt(14, 41));
        }
        return f;
    }

    private static void damaged(NicCase c) {
        c.needs(NicAbility.CHECK_SEQUENCE);
        long before = c.lab.stats().rxErrors;
        for (int i = 0; i < 20; i++) {
            c.lab.wire().send(c.inbound(100 + i), i % 2 == 0 ? FrameBatch.BAD_FCS : 0);
        }
        c.lab.settle();
        List<Packet> got = c.lab.received().takeAll();
        c.trial.checkEqual(10, got.size(), "packets handed up of 20 frames, 10 of them damaged");
        got.forEach(p -> c.trial.check(p.frame().length % 2 == 1, "a damaged frame was handed up"));
        c.trial.checkEqual(10L, c.lab.stats().rxErrors - before, "bad frames counted");
    }

    private static void unmaps(NicCase c) {
        c.needsBus();
        c.lab.sendAll(c.outbound(100, 60, 400));
        c.inbound(100, 60, 400).forEach(c.lab.wire()::send);
        c.lab.settle();
        var pci = c.lab.plugged().pci();
        int during = pci == null ? 0 : pci.watchedDma().mappings();
        c.lab.down();
        c.lab.pass(1_000_000);
        c.trial.checkEqual(0, pci == null ? 0 : pci.watchedDma().mappings(), "buffers mapped after stop, of " + during);
    }

    private static void poolExhausted(NicCase c) {
        c.expectReceived(c.inbound(20, 60, 300), "before");
        c.lab.stack().packets().failEvery(1);
        for (int i = 0; i < 30; i++) {
            c.inbound(40, 60, 300).forEach(c.lab.wire()::send);
            c.lab.pass(2_000_000);
        }
        c.lab.stack().packets().failEvery(0);
        recovers(c, "memory");
    }

    private static void mappingFails(NicCase c) {
        c.needsBus();
        c.lab.faults().fail(Resource.MAP, 0, Integer.MAX_VALUE - 1);
        for (int i = 0; i < 30; i++) {
            c.inbound(40, 60, 300).forEach(c.lab.wire()::send);
            c.lab.pass(2_000_000);
        }
        c.lab.faults().none();
        recovers(c, "mappings");
    }

    private static void recovers(NicCase c, String what) {
        c.lab.until(() -> c.lab.wire().waiting() == 0);
        c.trial.checkEqual(0, c.lab.wire().waiting(), "frames that the device does not take though there are " + what);
        c.lab.settle();
        c.lab.received().takeAll();
        c.expectReceived(c.inbound(20, 60, 300), "when there were " + what + " again");
    }

    private static void checksums(NicCase c) {
        for (int i = 0; i < 20; i++) {
            byte[] f = Frames.udp(c.mac(), Frames.PEER, 20 + i, c.trial.random());
            boolean damaged = i % 2 == 0;
            f[f.length - 1] ^= (byte) (damaged ? 1 : 0);
            c.lab.wire().send(f);
            c.lab.until(() -> c.lab.received().count() > 0);
            List<Packet> got = c.lab.received().takeAll();
            c.trial.checkEqual(1, got.size(), "packets handed up");
            ChecksumState said = got.getFirst().checksum();
            c.trial.check(
                    !damaged || said != ChecksumState.UNNECESSARY, "a wrong UDP checksum is said to need no check");
            c.trial.check(
                    damaged || !c.can(NicAbility.RX_CHECKSUM) || said == ChecksumState.UNNECESSARY,
                    "a right UDP checksum is said to be " + said + " by a device that verifies");
        }
    }
}
