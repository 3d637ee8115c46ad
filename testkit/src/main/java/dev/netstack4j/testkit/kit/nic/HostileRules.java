package dev.netstack4j.testkit.kit.nic;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.DeviceFeatures;
import dev.netstack4j.api.device.TxStatus;
import dev.netstack4j.testkit.kit.lab.Faults.Resource;
import dev.netstack4j.testkit.kit.lab.Frames;
import dev.netstack4j.testkit.kit.lab.Marks;
import java.util.ArrayList;
import java.util.List;

/// Transmission when something is not as it should be.
final class HostileRules {
    private HostileRules() {}

    static void addTo(NicDriverKit kit) {
        kit.up(24, "survives packets of any make", HostileRules::anyPacket);
        kit.up(27, "drops what it cannot map, says why, and goes on", HostileRules::mappingFails);
        kit.up(29, "works again after txTimeout", HostileRules::timeout);
        kit.up(30, "loses the link and works when it is back", HostileRules::linkGone);
        kit.up(61, "completes the checksums that it announces to complete", HostileRules::checksum);
        kit.up(60, "inserts and strips VLAN tags as its features say", HostileRules::vlan);
    }

    private static void anyPacket(NicCase c) {
        int before = c.live();
        for (int bytes : new int[] {0, 1, 13, 14, c.most() + 4, 9018, 16_128, 32_000, 65_000}) {
            offer(c, bytes, List.of(), false);
        }
        if (c.gathers()) {
            offer(c, 0, List.of(60), false);
            offer(c, 0, List.of(1, 1, 1, 1, 100), false);
            offer(c, 14, List.of(65_000), false);
            offer(c, 1, tiny(), false);
            offer(c, 60, List.of(20_000, 20_000, 20_000), false);
        }
        if (c.can(NicAbility.CHECKSUM)) {
            offer(c, 60, List.of(), true);
            offer(c, 700, List.of(), true);
        }
        c.lab.settle();
        c.trial.checkEqual(before, c.live(), "packets after some that nobody can send");
        c.lab.watch().check(Marks.NEVER_THROWS);
        c.lab.wire().takeSent();
        c.works("after packets of any make");
    }

    private static List<Integer> tiny() {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < SkBuff.MAX_FRAGS; i++) {
            all.add(7);
        }
        return all;
    }

    private static void offer(NicCase c, int linear, List<Integer> frags, boolean checksum) {
        int bytes = linear + frags.stream().mapToInt(Integer::intValue).sum();
        byte[] frame = bytes < Frames.HEADER ? new byte[bytes] : c.outbound(bytes);
        c.lab.onCpu(cpu -> {
            SkBuff skb = c.lab.packet(frame, linear, frags, cpu);
            if (checksum) {
                skb.checksumPartial(skb.data() + linear - 3, 1);
            }
            if (c.lab.start(skb, false, cpu) == TxStatus.BUSY) {
                c.trial.check(skb.isLive(), "a packet of " + bytes + " bytes was refused and freed");
                c.lab.free(skb, cpu);
            }
        });
        c.lab.pass(1_000_000);
    }

    private static void mappingFails(NicCase c) {
        c.needsBus();
        int before = c.live();
        long dropped = c.lab.stats().txDropped;
        c.lab.faults().fail(Resource.MAP, 0, 4);
        List<byte[]> all = c.outbound(12, 60, 200);
        for (byte[] f : all) {
            c.trial.checkEqual(TxStatus.OK, c.lab.send(f), "the answer when a packet cannot be mapped");
        }
        c.lab.faults().none();
        c.lab.settle();
        int sent = c.lab.wire().takeSent().size();
        c.trial.check(sent < all.size(), "packets that were not mapped were sent");
        c.trial.checkEqual((long) all.size() - sent, c.lab.stats().txDropped - dropped, "packets counted as dropped");
        c.trial.checkEqual(before, c.live(), "packets after mappings failed");
        c.works("when buffers can be mapped again");
    }

    private static void timeout(NicCase c) throws Exception {
        c.lab.wire().busy(c.can(NicAbility.FLOW_CONTROL));
        for (int i = 0; i < 1000 && !c.lab.device().txQueue(0).isStopped(); i++) {
            c.lab.send(c.outbound(60));
        }
        c.lab.settle();
        c.lab.locked(() -> c.lab.device().ops().txTimeout(0));
        c.lab.wire().busy(false);
        c.lab.settle();
        c.trial.check(
                c.lab.until(() -> !c.lab.device().txQueue(0).isStopped()), "the queue stays stopped after txTimeout");
        c.lab.wire().takeSent();
        c.lab.watch().check(Marks.NEVER_THROWS);
        c.works("after txTimeout");
        c.lab.down();
        c.expectNoPackets("after txTimeout and stop");
    }

    private static void linkGone(NicCase c) throws Exception {
        c.lab.wire().link(false);
        c.lab.settle();
        for (int i = 0; i < 8; i++) {
            c.lab.send(c.outbound(60));
        }
        c.lab.settle();
        c.lab.wire().link(true);
        c.lab.settle();
        c.lab.wire().takeSent();
        c.works("when the link is back");
        c.lab.wire().link(false);
        c.lab.settle();
        c.lab.down();
        c.expectNoPackets("after stop without a link");
        c.lab.wire().link(true);
        c.lab.up();
        c.works("opened after the link came back");
    }

    private static void checksum(NicCase c) {
        long any = DeviceFeatures.HW_CSUM;
        c.trial.checkEqual(
                c.can(NicAbility.CHECKSUM), c.has(any) || c.has(DeviceFeatures.IP_CSUM), "announces checksums");
        c.needs(NicAbility.CHECKSUM);
        for (int i = 0; i < 16; i++) {
            byte[] right = Frames.udp(Frames.PEER, c.mac(), c.trial.random().nextInt(20, 600), c.trial.random());
            byte[] begun = right.clone();
            int seed = Frames.pseudoHeader(right);
            begun[Frames.UDP_CHECKSUM] = (byte) (seed >>> 8);
            begun[Frames.UDP_CHECKSUM + 1] = (byte) seed;
            c.lab.onCpu(cpu -> {
                SkBuff skb = c.lab.packet(begun, cpu);
                skb.checksumPartial(skb.data() + Frames.UDP_HEADER, 6);
                skb.networkHeader(skb.data() + Frames.HEADER);
                skb.transportHeader(skb.data() + Frames.UDP_HEADER);
                c.lab.start(skb, false, cpu);
            });
            byte[] plain = c.outbound(100);
            c.lab.sendAll(List.of(plain));
            c.expectSent(List.of(right, plain), "with a checksum to complete, and without");
        }
    }

    private static void vlan(NicCase c) throws Exception {
        long both = DeviceFeatures.VLAN_TX | DeviceFeatures.VLAN_RX;
        c.trial.checkEqual(
                c.can(NicAbility.VLAN),
                (c.lab.device().config().hardwareFeatures() & both) != 0,
                "announces VLAN tags");
        c.needs(NicAbility.VLAN);
        byte[] frame = c.outbound(120);
        c.lab.onCpu(cpu -> {
            SkBuff skb = c.lab.packet(frame, cpu);
            skb.vlanTag(0x2064);
            c.lab.start(skb, false, cpu);
        });
        c.expectSent(List.of(Frames.tagged(frame, 0x2064)), "with a tag");
        byte[] in = c.inbound(120);
        c.lab.wire().send(Frames.tagged(in, 0x2064));
        c.lab.until(() -> c.lab.received().count() > 0);
        var stripped = c.lab.received().takeAll();
        c.trial.check(
                stripped.size() == 1
                        && stripped.getFirst().tagged()
                        && stripped.getFirst().tag() == 0x2064,
                "the tag of a received frame is not beside its bytes");
        c.trial.check(Frames.same(in, stripped.getFirst().frame()), "the frame without its tag differs");
        c.lab.stack().links().features(c.lab.device(), c.lab.device().config().features() & ~both);
        c.lab.wire().send(Frames.tagged(in, 0x2064));
        c.lab.until(() -> c.lab.received().count() > 0);
        var whole = c.lab.received().takeAll();
        c.trial.check(
                whole.size() == 1
                        && !whole.getFirst().tagged()
                        && Frames.same(
                                Frames.tagged(in, 0x2064), whole.getFirst().frame()),
                "a tag was stripped though the feature is off");
    }
}
